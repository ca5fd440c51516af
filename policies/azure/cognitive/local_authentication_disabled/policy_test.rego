package azure.cognitive.local_authentication_disabled_test

import data.azure.cognitive.local_authentication_disabled

_resource(value) := {"resource": {"properties": {"disableLocalAuth": value}}}

test_denies_keys if {
	some finding in local_authentication_disabled.deny with input as _resource(false)
	finding.path == "resource.properties.disableLocalAuth"
	finding.actual == false
	finding.expected == true
}

test_passes_no_keys if {
	count(local_authentication_disabled.deny) == 0 with input as _resource(true)
}

test_absent_is_keys if {
	some finding in local_authentication_disabled.deny with input as {"resource": {"properties": {}}}
	finding.actual == false
}
