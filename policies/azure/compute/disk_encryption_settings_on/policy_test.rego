package azure.compute.disk_encryption_settings_on_test

import data.azure.compute.disk_encryption_settings_on

_resource(value) := {"resource": {"properties": {"encryptionSettingsCollection": {"enabled": value}}}}

test_denies_off if {
	some finding in disk_encryption_settings_on.deny with input as _resource(false)
	finding.path == "resource.properties.encryptionSettingsCollection.enabled"
	finding.actual == false
	finding.expected == true
}

test_settings_are_judged if {
	every value in [true, false] {
		count(disk_encryption_settings_on.not_applicable) == 0 with input as _resource(value)
	}
}

test_passes_on if {
	count(disk_encryption_settings_on.deny) == 0 with input as _resource(true)
}

test_disk_without_settings_is_not_judged if {
	disk_encryption_settings_on.not_applicable == {"the disk does not use Azure Disk Encryption"} with input as {"resource": {"properties": {}}}
	count(disk_encryption_settings_on.deny) == 0 with input as {"resource": {"properties": {}}}
}
