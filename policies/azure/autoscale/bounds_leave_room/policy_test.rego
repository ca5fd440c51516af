package azure.autoscale.bounds_leave_room_test

import data.azure.autoscale.bounds_leave_room

_profile(minimum, maximum) := {"name": "by load", "capacity": {"minimum": minimum, "maximum": maximum}}

_setting(profiles) := {"resource": {"properties": {"profiles": profiles}}}

_floors := {"autoscale_instances_min": 2, "autoscale_headroom_min": 3}

_verdict(it) := [count(denied), count(unclear)] if {
	denied := bounds_leave_room.deny with input as it with data.parameters as _floors
	unclear := bounds_leave_room.unknown with input as it with data.parameters as _floors
}

test_denies_a_low_floor if {
	some finding in bounds_leave_room.deny with input as _setting([_profile("2", "9"), _profile("1", "9")]) with data.parameters as _floors
	finding.path == "resource.properties.profiles"
	finding.actual == 1
	finding.expected == 2
	_verdict(_setting([_profile("2", "9"), _profile("1", "9")])) == [1, 0]
}

test_denies_a_low_ceiling if {
	some finding in bounds_leave_room.deny with input as _setting([_profile("3", "5")]) with data.parameters as _floors
	finding.path == "resource.properties.profiles"
	finding.actual == 2
	finding.expected == 3
}

test_denies_both if _verdict(_setting([_profile("0", "0")])) == [2, 0]

test_passes_room_enough if _verdict(_setting([_profile("2", "5"), _profile("10", "100")])) == [0, 0]

test_capacity_that_cannot_be_read_is_unknown if {
	every profile in [_profile("many", "5"), _profile("2", 5), {"name": "by load"}, _profile("2", "12345")] {
		_verdict(_setting([profile])) == [0, 1]
	}
}

test_no_profile_is_unknown if _verdict(_setting([])) == [0, 1]
