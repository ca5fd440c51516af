package azure.app_service.https_only_test

import data.azure.app_service.https_only

_resource(value) := {"resource": {"properties": {"httpsOnly": value}}}

test_denies_off if {
	some finding in https_only.deny with input as _resource(false)
	finding.path == "resource.properties.httpsOnly"
	finding.actual == false
	finding.expected == true
}

test_passes_on if {
	count(https_only.deny) == 0 with input as _resource(true)
}

test_absent_is_off if {
	some finding in https_only.deny with input as {"resource": {"properties": {}}}
	finding.actual == false
}
