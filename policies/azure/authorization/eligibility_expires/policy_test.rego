package azure.authorization.eligibility_expires_test

import data.azure.authorization.eligibility_expires

_eligible(start, end) := {"resource": {"properties": {"startDateTime": start, "endDateTime": end}}}

_limit := {"eligibility_days_max": 365}

_verdict(it) := [count(denied), count(unclear)] if {
	denied := eligibility_expires.deny with input as it with data.parameters as _limit
	unclear := eligibility_expires.unknown with input as it with data.parameters as _limit
}

test_denies_an_eligibility_without_end if {
	some finding in eligibility_expires.deny with input as {"resource": {"properties": {"startDateTime": "2026-01-01T00:00:00Z"}}} with data.parameters as _limit
	finding.path == "resource.properties.endDateTime"
	finding.actual == "absent"
	finding.expected == "an end within 365 days"
}

test_denies_a_long_eligibility if {
	some finding in eligibility_expires.deny with input as _eligible("2026-01-01T00:00:00Z", "2027-01-02T00:00:00Z") with data.parameters as _limit
	finding.path == "resource.properties.endDateTime"
	finding.actual == 366
	finding.expected == "an end within 365 days"
}

test_passes_the_limit if {
	_verdict(_eligible("2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z")) == [0, 0]
	_verdict(_eligible("2026-01-01T00:00:00.1234567+00:00", "2026-06-01T00:00:00Z")) == [0, 0]
}

test_a_moment_more_is_too_long if _verdict(_eligible("2026-01-01T00:00:00Z", "2027-01-01T00:00:00.0000001Z")) == [1, 0]

test_no_end_is_clear if _verdict({"resource": {"properties": {"startDateTime": "2026-01-01T00:00:00Z"}}}) == [1, 0]

test_unreadable_dates_are_unknown if {
	_verdict(_eligible("2026-01-01T00:00:00Z", "in a year")) == [0, 1]
	_verdict(_eligible("soon", "2027-01-01T00:00:00Z")) == [0, 1]
}

test_missing_start_is_left_to_the_engine if count(eligibility_expires.deny) == 0 with input as {"resource": {"properties": {}}} with data.parameters as _limit
