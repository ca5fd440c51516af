package azure.data_explorer.double_encryption_enabled_test

import data.azure.data_explorer.double_encryption_enabled

_resource(value) := {"resource": {"properties": {"enableDoubleEncryption": value}}}

test_denies_off if {
	some finding in double_encryption_enabled.deny with input as _resource(false)
	finding.path == "resource.properties.enableDoubleEncryption"
	finding.actual == false
	finding.expected == true
}

test_passes_on if {
	count(double_encryption_enabled.deny) == 0 with input as _resource(true)
	count(double_encryption_enabled.not_applicable) == 0 with input as _resource(true)
}

test_absent_is_off if {
	some finding in double_encryption_enabled.deny with input as {"resource": {"properties": {}}}
	finding.actual == false
}

test_not_required_is_not_judged if {
	double_encryption_enabled.not_applicable == {"double encryption is not required for this data"} with input as _resource(false) with data.parameters as {"double_encryption_required": false}
	count(double_encryption_enabled.not_applicable) == 0 with input as _resource(false) with data.parameters as {"double_encryption_required": true}
}
