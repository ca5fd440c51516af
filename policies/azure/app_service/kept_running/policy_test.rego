package azure.app_service.kept_running_test

import data.azure.app_service.kept_running

_in(value) := {"resource": {"properties": {"siteConfig": {"alwaysOn": value}}}}

test_denies_the_bad if {
	some finding in kept_running.deny with input as _in(false)
	finding.path == "resource.properties.siteConfig.alwaysOn"
	finding.actual == false
	finding.expected == true
}

test_passes_the_good if count(kept_running.deny) == 0 with input as _in(true)

test_takes_a_missing_property_for_the_bad if count(kept_running.deny) == 1 with input as {"resource": {"properties": {}}}
