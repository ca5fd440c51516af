package azure.aks.system_nodes_sufficient_test

import data.azure.aks.system_nodes_sufficient

_resource(pools) := {"resource": {"properties": {"agentPoolProfiles": pools}}}

_fixed(mode, nodes) := {"name": "fixed", "mode": mode, "count": nodes}

_scaling(nodes) := {"name": "scaling", "mode": "System", "count": 9, "enableAutoScaling": true, "minCount": nodes}

three := {"system_nodes_min": 3}

test_denies_too_few if {
	every pools in [[_fixed("System", 2)], [_fixed("system", 2), _fixed("User", 5)], [_scaling(2)], [_scaling(1), _fixed("System", 1)]] {
		some finding in system_nodes_sufficient.deny with input as _resource(pools) with data.parameters as three
		finding.path == "resource.properties.agentPoolProfiles"
		finding.actual == 2
		finding.expected == 3
		count(system_nodes_sufficient.unknown) == 0 with input as _resource(pools) with data.parameters as three
	}
}

test_passes_enough if {
	every pools in [[_fixed("System", 3)], [_fixed("System", 1), _scaling(2)], [object.union(_fixed("System", 3), {"enableAutoScaling": false, "minCount": 0})], [_fixed("System", 3), {"name": "user", "mode": "User"}]] {
		count(system_nodes_sufficient.deny) == 0 with input as _resource(pools) with data.parameters as three
		count(system_nodes_sufficient.unknown) == 0 with input as _resource(pools) with data.parameters as three
	}
}

test_denies_no_system_nodes if count(system_nodes_sufficient.deny) == 1 with input as _resource([_fixed("User", 5)]) with data.parameters as three

test_unclear_pools_are_unknown if {
	every pool in [{"name": "p", "mode": "System"}, {"name": "p", "mode": "System", "count": "two"}, {"name": "p", "count": 1}, {"name": "p", "mode": 7, "count": 1}] {
		system_nodes_sufficient.unknown == {"the mode or the number of nodes of the pool p cannot be read"} with input as _resource([pool]) with data.parameters as three
		count(system_nodes_sufficient.deny) == 0 with input as _resource([pool]) with data.parameters as three
	}
}

test_no_pools_is_unknown if {
	system_nodes_sufficient.unknown == {"the cluster names no node pool"} with input as _resource([])
	count(system_nodes_sufficient.deny) == 0 with input as _resource([])
}
