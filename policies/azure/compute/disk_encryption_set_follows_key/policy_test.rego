package azure.compute.disk_encryption_set_follows_key_test

import data.azure.compute.disk_encryption_set_follows_key

_resource(value) := {"resource": {"properties": {"rotationToLatestKeyVersionEnabled": value}}}

test_denies_off if {
	some finding in disk_encryption_set_follows_key.deny with input as _resource(false)
	finding.path == "resource.properties.rotationToLatestKeyVersionEnabled"
	finding.actual == false
	finding.expected == true
}

test_passes_on if {
	count(disk_encryption_set_follows_key.deny) == 0 with input as _resource(true)
}

test_absent_is_off if {
	some finding in disk_encryption_set_follows_key.deny with input as {"resource": {"properties": {}}}
	finding.actual == false
}
