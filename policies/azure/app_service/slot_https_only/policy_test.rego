package azure.app_service.slot_https_only_test

import data.azure.app_service.slot_https_only

_resource(value) := {"resource": {"properties": {"httpsOnly": value}}}

test_denies_off if {
	some finding in slot_https_only.deny with input as _resource(false)
	finding.path == "resource.properties.httpsOnly"
	finding.actual == false
	finding.expected == true
}

test_passes_on if {
	count(slot_https_only.deny) == 0 with input as _resource(true)
}

test_absent_is_off if {
	some finding in slot_https_only.deny with input as {"resource": {"properties": {}}}
	finding.actual == false
}
