package azure.compute.scale_set_encrypted_at_host_test

import data.azure.compute.scale_set_encrypted_at_host

_resource(value) := {"resource": {"properties": {"virtualMachineProfile": {"securityProfile": {"encryptionAtHost": value}}}}}

test_denies_off if {
	some finding in scale_set_encrypted_at_host.deny with input as _resource(false)
	finding.path == "resource.properties.virtualMachineProfile.securityProfile.encryptionAtHost"
	finding.actual == false
	finding.expected == true
}

test_passes_on if {
	count(scale_set_encrypted_at_host.deny) == 0 with input as _resource(true)
}

test_absent_is_off if {
	some finding in scale_set_encrypted_at_host.deny with input as {"resource": {"properties": {}}}
	finding.actual == false
}
