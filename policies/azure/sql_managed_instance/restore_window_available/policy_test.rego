package azure.sql_managed_instance.restore_window_available_test

import data.azure.sql_managed_instance.restore_window_available

_in(earliest, created, days) := {"resource": {"name": "ledger", "properties": {"earliestRestorePoint": earliest, "creationDate": created}}, "context": {"at": 1793491200}, "children": {"backupShortTermRetentionPolicies": {"default": {"properties": {"retentionDays": days}}}}}

_tolerance := {"restore_window_tolerance_days": 1}

# 1793491200 is 2026-11-01T00:00:00Z.
test_denies_a_window_that_lags if {
	some finding in restore_window_available.deny with input as _in("2026-10-25T12:00:00Z", "2025-01-01T00:00:00Z", 14) with data.parameters as _tolerance
	finding.path == "resource.properties.earliestRestorePoint"
	finding.actual == "2026-10-25T12:00:00Z"
	finding.expected == "at least 13 days before the facts were read"
	finding.message == "a restore reaches back 6 full days, with a retention of 14 days"
}

test_passes_the_edge_of_the_tolerance if {
	count(restore_window_available.deny) == 0 with input as _in("2026-10-19T00:00:00Z", "2025-01-01T00:00:00Z", 14) with data.parameters as _tolerance
	count(restore_window_available.deny) == 1 with input as _in("2026-10-19T00:00:01Z", "2025-01-01T00:00:00Z", 14) with data.parameters as _tolerance
	count(restore_window_available.unknown) == 0 with input as _in("2026-10-19T00:00:00Z", "2025-01-01T00:00:00Z", 14) with data.parameters as _tolerance
}

test_young_database_is_measured_by_its_age if {
	count(restore_window_available.deny) == 0 with input as _in("2026-10-29T00:00:00Z", "2026-10-28T00:00:00Z", 14) with data.parameters as _tolerance
	some finding in restore_window_available.deny with input as _in("2026-10-31T00:00:00Z", "2026-10-28T00:00:00Z", 14) with data.parameters as _tolerance
	finding.expected == "at least 3 days before the facts were read"
}

test_parameter_moves_the_tolerance if count(restore_window_available.deny) == 0 with input as _in("2026-10-25T00:00:00Z", "2025-01-01T00:00:00Z", 14) with data.parameters as {"restore_window_tolerance_days": 7}

test_what_is_no_time_is_unknown if {
	count(restore_window_available.unknown) == 1 with input as _in("soon", "2025-01-01T00:00:00Z", 14) with data.parameters as _tolerance
	count(restore_window_available.unknown) == 1 with input as _in("2026-10-19T00:00:00Z", "once", 14) with data.parameters as _tolerance
}
