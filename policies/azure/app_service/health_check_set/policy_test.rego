package azure.app_service.health_check_set_test

import data.azure.app_service.health_check_set

_resource(path) := {"resource": {"properties": {"siteConfig": {"healthCheckPath": path}}}}

test_denies_no_path if {
	some finding in health_check_set.deny with input as _resource("")
	finding.path == "resource.properties.siteConfig.healthCheckPath"
	finding.actual == ""
	finding.expected == "a path of the app"
}

test_passes_a_path if count(health_check_set.deny) == 0 with input as _resource("/health")

test_says_nothing_about_what_is_missing if count(health_check_set.deny) == 0 with input as {"resource": {"properties": {}}}
