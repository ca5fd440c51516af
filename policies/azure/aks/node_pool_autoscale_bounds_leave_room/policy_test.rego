package azure.aks.node_pool_autoscale_bounds_leave_room_test

import data.azure.aks.node_pool_autoscale_bounds_leave_room

_pool(least, most) := {"resource": {"properties": {"enableAutoScaling": true, "minCount": least, "maxCount": most}}}

_floors := {"autoscale_instances_min": 2, "autoscale_headroom_min": 3}

_verdict(it) := [count(denied), count(aside)] if {
	denied := node_pool_autoscale_bounds_leave_room.deny with input as it with data.parameters as _floors
	aside := node_pool_autoscale_bounds_leave_room.not_applicable with input as it with data.parameters as _floors
}

test_denies_a_low_floor if {
	some finding in node_pool_autoscale_bounds_leave_room.deny with input as _pool(1, 9) with data.parameters as _floors
	finding.path == "resource.properties.minCount"
	finding.actual == 1
	finding.expected == 2
	_verdict(_pool(1, 9)) == [1, 0]
}

test_denies_a_low_ceiling if {
	some finding in node_pool_autoscale_bounds_leave_room.deny with input as _pool(4, 6) with data.parameters as _floors
	finding.path == "resource.properties.maxCount"
	finding.actual == 2
	finding.expected == 3
	_verdict(_pool(4, 6)) == [1, 0]
}

test_passes_room_enough if _verdict(_pool(2, 5)) == [0, 0]

test_ignores_a_pool_of_a_fixed_size if {
	_verdict({"resource": {"properties": {"enableAutoScaling": false}}}) == [0, 1]
	_verdict({"resource": {"properties": {}}}) == [0, 1]
}
