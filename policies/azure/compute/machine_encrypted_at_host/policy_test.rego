package azure.compute.machine_encrypted_at_host_test

import data.azure.compute.machine_encrypted_at_host

_resource(value) := {"resource": {"properties": {"securityProfile": {"encryptionAtHost": value}}}}

test_denies_off if {
	some finding in machine_encrypted_at_host.deny with input as _resource(false)
	finding.path == "resource.properties.securityProfile.encryptionAtHost"
	finding.actual == false
	finding.expected == true
}

test_passes_on if {
	count(machine_encrypted_at_host.deny) == 0 with input as _resource(true)
}

test_absent_is_off if {
	some finding in machine_encrypted_at_host.deny with input as {"resource": {"properties": {}}}
	finding.actual == false
}
