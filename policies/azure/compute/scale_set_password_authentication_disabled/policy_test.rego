package azure.compute.scale_set_password_authentication_disabled_test

import data.azure.compute.scale_set_password_authentication_disabled

_resource(value, os) := {"resource": {"properties": {"virtualMachineProfile": {"osProfile": {"linuxConfiguration": {"disablePasswordAuthentication": value}}, "storageProfile": {"osDisk": {"osType": os}}}}}}

test_denies_passwords if {
	some finding in scale_set_password_authentication_disabled.deny with input as _resource(false, "Linux")
	finding.path == "resource.properties.virtualMachineProfile.osProfile.linuxConfiguration.disablePasswordAuthentication"
	finding.actual == false
	finding.expected == true
}

test_passes_keys if {
	count(scale_set_password_authentication_disabled.deny) == 0 with input as _resource(true, "Linux")
	count(scale_set_password_authentication_disabled.not_applicable) == 0 with input as _resource(true, "Linux")
}

# The engine answers unknown for a required read that is absent.
test_says_nothing_about_what_is_missing if count(scale_set_password_authentication_disabled.deny) == 0 with input as {"resource": {"properties": {"virtualMachineProfile": {"storageProfile": {"osDisk": {"osType": "Linux"}}}}}}

test_other_system_is_not_judged if {
	scale_set_password_authentication_disabled.not_applicable == {"a Windows machine has no such setting"} with input as _resource(true, "windows")
}
