package azure.aks.node_pool_autoscaled_test

import data.azure.aks.node_pool_autoscaled

_pool(scaled, mode) := {
	"resource": {"properties": {"enableAutoScaling": scaled}},
	"related": {"parent": {"properties": {"nodeProvisioningProfile": {"mode": mode}}}},
}

_verdict(it, needed) := [count(denied), count(unclear), count(aside)] if {
	denied := node_pool_autoscaled.deny with input as it with data.parameters as {"autoscaling_required": needed}
	unclear := node_pool_autoscaled.unknown with input as it with data.parameters as {"autoscaling_required": needed}
	aside := node_pool_autoscaled.not_applicable with input as it with data.parameters as {"autoscaling_required": needed}
}

test_denies_a_pool_of_a_fixed_size if {
	some finding in node_pool_autoscaled.deny with input as _pool(false, "manual") with data.parameters as {"autoscaling_required": true}
	finding.path == "resource.properties.enableAutoScaling"
	finding.actual == false
	finding.expected == true
	_verdict(_pool(false, "Manual"), true) == [1, 0, 0]
	_verdict({"resource": {"properties": {}}}, true) == [1, 0, 0]
}

test_passes_a_pool_that_scales if _verdict(_pool(true, "Manual"), true) == [0, 0, 0]

test_passes_nodes_that_azure_makes if _verdict(_pool(false, "auto"), true) == [0, 0, 0]

test_ignores_it_where_none_is_required if _verdict(_pool(true, "Manual"), false) == [0, 0, 1]

test_other_mode_is_unknown if _verdict(_pool(false, "Guided"), true) == [0, 1, 0]
