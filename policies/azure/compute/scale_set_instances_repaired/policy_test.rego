package azure.compute.scale_set_instances_repaired_test

import data.azure.compute.scale_set_instances_repaired

_resource(value) := {"resource": {"properties": {"automaticRepairsPolicy": {"enabled": value}}}}

test_denies_off if {
	some finding in scale_set_instances_repaired.deny with input as _resource(false)
	finding.path == "resource.properties.automaticRepairsPolicy.enabled"
	finding.actual == false
	finding.expected == true
}

test_passes_on if {
	count(scale_set_instances_repaired.deny) == 0 with input as _resource(true)
}

test_absent_is_off if {
	some finding in scale_set_instances_repaired.deny with input as {"resource": {"properties": {}}}
	finding.actual == false
}
