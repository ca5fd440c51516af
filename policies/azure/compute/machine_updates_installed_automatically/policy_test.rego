package azure.compute.machine_updates_installed_automatically_test

import data.azure.compute.machine_updates_installed_automatically

_resource(value, os) := {"resource": {"properties": {"osProfile": {"windowsConfiguration": {"enableAutomaticUpdates": value}}, "storageProfile": {"osDisk": {"osType": os}}}}}

test_denies_manual if {
	some finding in machine_updates_installed_automatically.deny with input as _resource(false, "Windows")
	finding.path == "resource.properties.osProfile.windowsConfiguration.enableAutomaticUpdates"
	finding.actual == false
	finding.expected == true
}

test_passes_automatic if {
	count(machine_updates_installed_automatically.deny) == 0 with input as _resource(true, "Windows")
	count(machine_updates_installed_automatically.not_applicable) == 0 with input as _resource(true, "Windows")
}

# The engine answers unknown for a required read that is absent.
test_says_nothing_about_what_is_missing if count(machine_updates_installed_automatically.deny) == 0 with input as {"resource": {"properties": {"storageProfile": {"osDisk": {"osType": "Windows"}}}}}

test_other_system_is_not_judged if {
	machine_updates_installed_automatically.not_applicable == {"a Linux machine has no such setting"} with input as _resource(true, "linux")
}
