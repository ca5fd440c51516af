package azure.event_hubs.local_authentication_disabled_test

import data.azure.event_hubs.local_authentication_disabled

_namespace(value) := {"resource": {"properties": {"disableLocalAuth": value}}}

test_denies_false if {
	some finding in local_authentication_disabled.deny with input as _namespace(false)
	finding.path == "resource.properties.disableLocalAuth"
	finding.actual == false
	finding.expected == true
}

test_passes_true if {
	count(local_authentication_disabled.deny) == 0 with input as _namespace(true)
}

test_missing_property_is_false if {
	some finding in local_authentication_disabled.deny with input as {"resource": {"properties": {}}}
	finding.actual == false
}
