package azure.app_service.http2_enabled_test

import data.azure.app_service.http2_enabled

_resource(value) := {"resource": {"properties": {"siteConfig": {"http20Enabled": value}}}}

test_denies_off if {
	some finding in http2_enabled.deny with input as _resource(false)
	finding.path == "resource.properties.siteConfig.http20Enabled"
	finding.actual == false
	finding.expected == true
}

test_passes_on if {
	count(http2_enabled.deny) == 0 with input as _resource(true)
}

# The engine answers unknown for a required read that is absent.
test_says_nothing_about_what_is_missing if count(http2_enabled.deny) == 0 with input as {"resource": {"properties": {}}}
