package lib.rotation_test

import data.lib.rotation

_after(duration) := {"trigger": {"timeAfterCreate": duration, "timeBeforeExpiry": null}, "action": {"type": "Rotate"}}

_before(duration) := {"trigger": {"timeBeforeExpiry": duration}, "action": {"type": "rotate"}}

_notify := {"trigger": {"timeBeforeExpiry": "P30D"}, "action": {"type": "Notify"}}

test_rotates_in_either_case if {
	rotation.rotates(_after("P90D"))
	rotation.rotates(_before("P30D"))
}

test_notify_does_not_rotate if not rotation.rotates(_notify)

test_known_actions_are_clear if not rotation.unclear([_after("P90D"), _before("P30D"), _notify])

test_no_action_is_clear if not rotation.unclear([])

test_unknown_type_is_unclear if rotation.unclear([_notify, {"trigger": {"timeAfterCreate": "P90D"}, "action": {"type": "archive"}}])

test_unknown_type_that_counts_back_is_unclear if rotation.unclear([{"trigger": {"timeBeforeExpiry": "P90D"}, "action": {"type": "archive"}}])

test_unreadable_trigger_is_unclear if rotation.unclear([_after("90 days")])

test_unreadable_creation_is_not_saved_by_the_expiry if {
	rotation.unclear([{"trigger": {"timeAfterCreate": "90 days", "timeBeforeExpiry": "P30D"}, "action": {"type": "rotate"}}])
}

test_empty_trigger_is_unclear if rotation.unclear([{"trigger": {}, "action": {"type": "rotate"}}])

test_no_time_at_all_is_unclear if {
	rotation.unclear([_after("P0D")])
	rotation.unclear([_before("P0D")])
}

test_interval_after_creation if rotation.interval(_after("P90D"), "") == 90

test_interval_after_creation_ignores_the_expiry if rotation.interval(_after("P90D"), "P1Y") == 90

test_creation_goes_before_expiry if {
	rotation.interval({"trigger": {"timeAfterCreate": "P90D", "timeBeforeExpiry": "P30D"}}, "P1Y") == 90
}

test_interval_before_expiry if rotation.interval(_before("P30D"), "P1Y") == 335

test_interval_needs_the_expiry if not rotation.interval(_before("P30D"), "")

test_interval_is_positive if {
	not rotation.interval(_before("P60D"), "P60D")
	not rotation.interval(_after("P0D"), "P1Y")
}

test_counts_back_from_the_expiry if rotation.counts_back(_before("P30D"))

test_does_not_count_back_after_creation if {
	not rotation.counts_back(_after("P90D"))
	not rotation.counts_back({"trigger": {"timeAfterCreate": "P90D", "timeBeforeExpiry": "P30D"}})
}

test_does_not_count_back_without_trigger if not rotation.counts_back({"trigger": {}})

# A version made on day 0 that expires on day 100.
test_ahead_before_expiry if rotation.ahead(_before("P30D"), 0, 8640000, 6047999)

test_not_ahead_when_overdue if not rotation.ahead(_before("P30D"), 0, 8640000, 6048000)

test_ahead_after_creation if rotation.ahead(_after("P90D"), 0, 8640000, 7775999)

test_not_ahead_after_creation_when_overdue if not rotation.ahead(_after("P90D"), 0, 8640000, 7776000)

test_not_ahead_when_the_version_expires_first if not rotation.ahead(_after("P100D"), 0, 8640000, 1)

test_ahead_with_both_counts_from_creation if {
	action := {"trigger": {"timeAfterCreate": "P90D", "timeBeforeExpiry": "P30D"}, "action": {"type": "rotate"}}
	rotation.ahead(action, 0, 8640000, 7775999)
}

test_notify_is_not_ahead if not rotation.ahead(_notify, 0, 8640000, 1)

test_hours_count if {
	not rotation.unclear([_after("PT12H"), _before("PT12H")])
	rotation.interval(_after("PT12H"), "") == 0.5
	rotation.interval(_before("PT12H"), "P1D") == 0.5
	rotation.ahead(_before("PT12H"), 0, 8640000, 8553600)
}
