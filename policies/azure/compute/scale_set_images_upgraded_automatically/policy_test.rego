package azure.compute.scale_set_images_upgraded_automatically_test

import data.azure.compute.scale_set_images_upgraded_automatically

_resource(value) := {"resource": {"properties": {"upgradePolicy": {"automaticOSUpgradePolicy": {"enableAutomaticOSUpgrade": value}}}}}

test_denies_off if {
	some finding in scale_set_images_upgraded_automatically.deny with input as _resource(false)
	finding.path == "resource.properties.upgradePolicy.automaticOSUpgradePolicy.enableAutomaticOSUpgrade"
	finding.actual == false
	finding.expected == true
}

test_passes_on if {
	count(scale_set_images_upgraded_automatically.deny) == 0 with input as _resource(true)
}

test_absent_is_off if {
	some finding in scale_set_images_upgraded_automatically.deny with input as {"resource": {"properties": {}}}
	finding.actual == false
}
