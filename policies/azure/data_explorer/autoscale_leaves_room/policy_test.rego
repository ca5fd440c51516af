package azure.data_explorer.autoscale_leaves_room_test

import data.azure.data_explorer.autoscale_leaves_room

_cluster(tier, scaled, least, most) := {"resource": {
	"sku": {"tier": tier},
	"properties": {"optimizedAutoscale": {"version": 1, "isEnabled": scaled, "minimum": least, "maximum": most}},
}}

_floors := {"autoscale_instances_min": 2, "autoscale_headroom_min": 3}

_verdict(it) := [count(denied), count(unclear), count(aside)] if {
	denied := autoscale_leaves_room.deny with input as it with data.parameters as _floors
	unclear := autoscale_leaves_room.unknown with input as it with data.parameters as _floors
	aside := autoscale_leaves_room.not_applicable with input as it with data.parameters as _floors
}

_only(it) := finding if {
	findings := autoscale_leaves_room.deny with input as it with data.parameters as _floors
	count(findings) == 1
	some finding in findings
}

test_denies_a_fixed_size if {
	finding := _only(_cluster("standard", false, 0, 0))
	finding.path == "resource.properties.optimizedAutoscale.isEnabled"
	finding.actual == false
	finding.expected == true
	_verdict({"resource": {"sku": {"tier": "Standard"}, "properties": {}}}) == [1, 0, 0]
}

test_denies_a_low_floor if {
	finding := _only(_cluster("Standard", true, 1, 9))
	finding.path == "resource.properties.optimizedAutoscale.minimum"
	finding.actual == 1
	finding.expected == 2
}

test_denies_a_low_ceiling if {
	finding := _only(_cluster("Standard", true, 4, 6))
	finding.path == "resource.properties.optimizedAutoscale.maximum"
	finding.actual == 2
	finding.expected == 3
}

test_passes_room_enough if _verdict(_cluster("Standard", true, 2, 5)) == [0, 0, 0]

test_ignores_clusters_for_trials if {
	_verdict(_cluster("basic", false, 0, 0)) == [0, 0, 1]
	_verdict(_cluster("Basic", true, 0, 0)) == [0, 0, 1]
}

test_other_tier_is_unknown if _verdict(_cluster("Ultra", true, 0, 0)) == [0, 1, 0]
