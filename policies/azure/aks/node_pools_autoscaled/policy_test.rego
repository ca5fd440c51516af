package azure.aks.node_pools_autoscaled_test

import data.azure.aks.node_pools_autoscaled

_cluster(pools, mode) := {"resource": {"properties": {"agentPoolProfiles": pools, "nodeProvisioningProfile": {"mode": mode}}}}

_on := {"name": "apps", "enableAutoScaling": true}

_off := {"name": "apps", "enableAutoScaling": false}

_verdict(it, needed) := [count(denied), count(unclear), count(aside)] if {
	denied := node_pools_autoscaled.deny with input as it with data.parameters as {"autoscaling_required": needed}
	unclear := node_pools_autoscaled.unknown with input as it with data.parameters as {"autoscaling_required": needed}
	aside := node_pools_autoscaled.not_applicable with input as it with data.parameters as {"autoscaling_required": needed}
}

test_denies_pools_of_a_fixed_size if {
	some finding in node_pools_autoscaled.deny with input as _cluster([_on, _off], "manual") with data.parameters as {"autoscaling_required": true}
	finding.path == "resource.properties.agentPoolProfiles"
	finding.actual == false
	finding.expected == true
}

test_denies_each_pool_once if _verdict(_cluster([_on, _off], "Manual"), true) == [1, 0, 0]

test_denies_pools_that_say_nothing if _verdict({"resource": {"properties": {"agentPoolProfiles": [{"name": "apps"}]}}}, true) == [1, 0, 0]

test_passes_pools_that_scale if _verdict(_cluster([_on, _on], "Manual"), true) == [0, 0, 0]

test_passes_nodes_that_azure_makes if _verdict(_cluster([_off], "auto"), true) == [0, 0, 0]

test_ignores_it_where_none_is_required if _verdict(_cluster([_on], "Manual"), false) == [0, 0, 1]

test_other_values_are_unknown if {
	_verdict(_cluster([_off], "Guided"), true) == [0, 1, 0]
	_verdict(_cluster([{"name": "apps", "enableAutoScaling": "yes"}], "Manual"), true) == [0, 1, 0]
	_verdict(_cluster([], "Manual"), true) == [0, 1, 0]
}
