package azure.aks.node_pools_autoscale_bounds_leave_room_test

import data.azure.aks.node_pools_autoscale_bounds_leave_room

_cluster(pools) := {"resource": {"properties": {"agentPoolProfiles": pools}}}

_pool(least, most) := {"name": "apps", "enableAutoScaling": true, "minCount": least, "maxCount": most}

_fixed := {"name": "fixed", "enableAutoScaling": false, "minCount": 0, "maxCount": 0}

_floors := {"autoscale_instances_min": 2, "autoscale_headroom_min": 3}

_verdict(it) := [count(denied), count(unclear), count(aside)] if {
	denied := node_pools_autoscale_bounds_leave_room.deny with input as it with data.parameters as _floors
	unclear := node_pools_autoscale_bounds_leave_room.unknown with input as it with data.parameters as _floors
	aside := node_pools_autoscale_bounds_leave_room.not_applicable with input as it with data.parameters as _floors
}

test_denies_a_low_floor if {
	some finding in node_pools_autoscale_bounds_leave_room.deny with input as _cluster([_pool(2, 9), _pool(1, 9)]) with data.parameters as _floors
	finding.path == "resource.properties.agentPoolProfiles"
	finding.actual == 1
	finding.expected == 2
	_verdict(_cluster([_pool(2, 9), _pool(1, 9)])) == [1, 0, 0]
}

test_denies_a_low_ceiling if {
	some finding in node_pools_autoscale_bounds_leave_room.deny with input as _cluster([_pool(4, 6)]) with data.parameters as _floors
	finding.path == "resource.properties.agentPoolProfiles"
	finding.actual == 2
	finding.expected == 3
	_verdict(_cluster([_pool(4, 6)])) == [1, 0, 0]
}

test_passes_room_enough if _verdict(_cluster([_pool(2, 5), _fixed])) == [0, 0, 0]

test_ignores_pools_of_a_fixed_size if {
	_verdict(_cluster([_fixed, {"name": "silent"}])) == [0, 0, 1]
	_verdict(_cluster([])) == [0, 0, 1]
}

test_bounds_that_cannot_be_read_are_unknown if {
	_verdict(_cluster([{"name": "apps", "enableAutoScaling": true}])) == [0, 1, 0]
	_verdict(_cluster([_pool("1", 9)])) == [0, 1, 0]
	_verdict(_cluster([_pool(null, 9)])) == [0, 1, 0]
	_verdict(_cluster([_pool(9, "12")])) == [0, 1, 0]
	_verdict(_cluster([{"name": "apps", "enableAutoScaling": "yes"}])) == [0, 1, 0]
}
