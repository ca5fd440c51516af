package azure.autoscale.schedule_set_test

import data.azure.autoscale.schedule_set

_setting(profiles) := {"resource": {"properties": {"profiles": profiles}}}

_every(frequency) := {"name": "p", "recurrence": {"frequency": frequency}}

_verdict(it, needed) := [count(denied), count(unclear), count(aside)] if {
	denied := schedule_set.deny with input as it with data.parameters as {"autoscale_schedule_required": needed}
	unclear := schedule_set.unknown with input as it with data.parameters as {"autoscale_schedule_required": needed}
	aside := schedule_set.not_applicable with input as it with data.parameters as {"autoscale_schedule_required": needed}
}

test_denies_a_setting_without_schedule if {
	some finding in schedule_set.deny with input as _setting([{"name": "p"}, _every("none"), {"name": "n", "recurrence": null}]) with data.parameters as {"autoscale_schedule_required": true}
	finding.path == "resource.properties.profiles"
	finding.actual == 3
	finding.expected == "one profile that recurs, or more"
	_verdict(_setting([]), true) == [1, 0, 0]
	_verdict(_setting([{"name": "p"}]), true) == [1, 0, 0]
}

test_passes_a_profile_that_recurs if {
	every frequency in ["Second", "Minute", "Hour", "Day", "week", "Month", "Year"] {
		_verdict(_setting([{"name": "p"}, _every(frequency)]), true) == [0, 0, 0]
	}
	_verdict(_setting([_every("Fortnight"), _every("Week")]), true) == [0, 0, 0]
}

test_other_recurrence_is_unknown if {
	_verdict(_setting([_every("Fortnight")]), true) == [0, 1, 0]
	_verdict(_setting([{"name": "p"}, {"name": "q", "recurrence": {}}]), true) == [0, 1, 0]
}

test_ignores_it_where_none_is_required if _verdict(_setting([_every("Week")]), false) == [0, 0, 1]
