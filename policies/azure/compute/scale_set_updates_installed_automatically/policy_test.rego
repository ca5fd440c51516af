package azure.compute.scale_set_updates_installed_automatically_test

import data.azure.compute.scale_set_updates_installed_automatically

_resource(value, os) := {"resource": {"properties": {"virtualMachineProfile": {"osProfile": {"windowsConfiguration": {"enableAutomaticUpdates": value}}, "storageProfile": {"osDisk": {"osType": os}}}}}}

test_denies_manual if {
	some finding in scale_set_updates_installed_automatically.deny with input as _resource(false, "Windows")
	finding.path == "resource.properties.virtualMachineProfile.osProfile.windowsConfiguration.enableAutomaticUpdates"
	finding.actual == false
	finding.expected == true
}

test_passes_automatic if {
	count(scale_set_updates_installed_automatically.deny) == 0 with input as _resource(true, "Windows")
	count(scale_set_updates_installed_automatically.not_applicable) == 0 with input as _resource(true, "Windows")
}

# The engine answers unknown for a required read that is absent.
test_says_nothing_about_what_is_missing if count(scale_set_updates_installed_automatically.deny) == 0 with input as {"resource": {"properties": {"virtualMachineProfile": {"storageProfile": {"osDisk": {"osType": "Windows"}}}}}}

test_other_system_is_not_judged if {
	scale_set_updates_installed_automatically.not_applicable == {"a Linux machine has no such setting"} with input as _resource(true, "linux")
}
