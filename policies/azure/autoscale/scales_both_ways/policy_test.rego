package azure.autoscale.scales_both_ways_test

import data.azure.autoscale.scales_both_ways

_profile(directions) := {"name": "by load", "rules": [{"scaleAction": {"direction": direction}} | some direction in directions]}

_setting(profiles) := {"resource": {"properties": {"profiles": profiles}}}

_verdict(it) := [count(denied), count(unclear)] if {
	denied := scales_both_ways.deny with input as it
	unclear := scales_both_ways.unknown with input as it
}

test_denies_one_direction if {
	some finding in scales_both_ways.deny with input as _setting([_profile(["Increase", "None"])])
	finding.path == "resource.properties.profiles"
	finding.actual == "increase, none"
	finding.expected == "increase and decrease"
	_verdict(_setting([_profile(["Increase", "Decrease"]), _profile(["Decrease"])])) == [1, 0]
	_verdict(_setting([_profile(["None"])])) == [2, 0]
}

test_denies_a_setting_without_rules if {
	some finding in scales_both_ways.deny with input as _setting([_profile([]), {"name": "night"}])
	finding.path == "resource.properties.profiles"
	finding.actual == 0
	finding.expected == "increase and decrease"
	_verdict(_setting([_profile([])])) == [1, 0]
}

test_passes_both_directions if _verdict(_setting([_profile(["increase", "DECREASE"]), _profile([])])) == [0, 0]

test_other_direction_is_unknown if {
	_verdict(_setting([_profile(["Increase", "Decrease", "Sideways"])])) == [0, 1]
	_verdict(_setting([{"name": "x", "rules": [{"scaleAction": {"direction": "Increase"}}, {"scaleAction": {"direction": "Decrease"}}, {"scaleAction": {}}]}])) == [0, 1]
}

test_no_profile_is_unknown if _verdict(_setting([])) == [0, 1]
