package azure.data_explorer.disk_encryption_enabled_test

import data.azure.data_explorer.disk_encryption_enabled

_resource(value) := {"resource": {"properties": {"enableDiskEncryption": value}}}

test_denies_off if {
	some finding in disk_encryption_enabled.deny with input as _resource(false)
	finding.path == "resource.properties.enableDiskEncryption"
	finding.actual == false
	finding.expected == true
}

test_passes_on if {
	count(disk_encryption_enabled.deny) == 0 with input as _resource(true)
}

test_absent_is_off if {
	some finding in disk_encryption_enabled.deny with input as {"resource": {"properties": {}}}
	finding.actual == false
}
