package azure.mysql.restore_window_available_test

import data.azure.mysql.restore_window_available

# All moments are counted from 2026-11-01T00:00:00Z.
_server(days, oldest, created) := {
	"resource": {
		"properties": {"backup": {"backupRetentionDays": days, "earliestRestoreDate": oldest}},
		"systemData": {"createdAt": created},
	},
	"context": {"at": 1793491200},
}

_one_day := {"restore_window_tolerance_days": 1}

_old := "2026-01-01T00:00:00Z"

test_passes_a_full_window if {
	server := _server(14, "2026-10-17T23:11:38.4150019+00:00", _old)
	count(restore_window_available.deny) == 0 with input as server with data.parameters as _one_day
	count(restore_window_available.unknown) == 0 with input as server with data.parameters as _one_day
}

test_passes_at_the_tolerance_and_not_a_second_later if {
	count(restore_window_available.deny) == 0 with input as _server(14, "2026-10-19T00:00:00Z", _old) with data.parameters as _one_day
	count(restore_window_available.deny) == 1 with input as _server(14, "2026-10-19T00:00:01Z", _old) with data.parameters as _one_day
}

test_denies_a_short_window if {
	server := _server(14, "2026-10-24T12:00:00Z", _old)
	some finding in restore_window_available.deny with input as server with data.parameters as _one_day
	finding.message
	finding.path == "resource.properties.backup.earliestRestoreDate"
	finding.actual == "2026-10-24T12:00:00Z"
	finding.expected == "a restore point that is 13 days old"
	count(restore_window_available.unknown) == 0 with input as server with data.parameters as _one_day
}

test_tolerance_counts if {
	count(restore_window_available.deny) == 1 with input as _server(14, "2026-10-19T00:00:00Z", _old) with data.parameters as {"restore_window_tolerance_days": 0}
	count(restore_window_available.deny) == 0 with input as _server(14, "2026-10-22T00:00:00Z", _old) with data.parameters as {"restore_window_tolerance_days": 4}
}

test_young_server_owes_its_age if {
	count(restore_window_available.deny) == 0 with input as _server(14, "2026-10-28T00:00:00Z", "2026-10-27T00:00:00Z") with data.parameters as _one_day
	count(restore_window_available.deny) == 1 with input as _server(14, "2026-10-28T00:00:01Z", "2026-10-27T00:00:00Z") with data.parameters as _one_day
	count(restore_window_available.unknown) == 0 with input as _server(14, "2026-10-28T00:00:00Z", "2026-10-27T00:00:00Z") with data.parameters as _one_day
}

test_counts_full_days if {
	server := _server(14, "2026-10-29T12:00:00Z", "2026-10-26T12:00:00Z")
	some finding in restore_window_available.deny with input as server with data.parameters as _one_day
	finding.message == "the oldest restore point is 2 days old, 5 days are due"
	finding.expected == "a restore point that is 5 days old"
}

test_unknown_age_and_a_short_window_is_unknown if {
	every created in ["", "last year"] {
		count(restore_window_available.unknown) == 1 with input as _server(14, "2026-10-19T00:00:01Z", created) with data.parameters as _one_day
		count(restore_window_available.deny) == 0 with input as _server(14, "2026-10-19T00:00:01Z", created) with data.parameters as _one_day
	}
}

test_missing_age_and_a_short_window_is_unknown if {
	server := {
		"resource": {"properties": {"backup": {"backupRetentionDays": 14, "earliestRestoreDate": "2026-10-30T00:00:00Z"}}},
		"context": {"at": 1793491200},
	}
	count(restore_window_available.unknown) == 1 with input as server with data.parameters as _one_day
	count(restore_window_available.deny) == 0 with input as server with data.parameters as _one_day
}

test_unknown_age_and_a_full_window_passes if {
	count(restore_window_available.unknown) == 0 with input as _server(14, "2026-10-19T00:00:00Z", "") with data.parameters as _one_day
	count(restore_window_available.deny) == 0 with input as _server(14, "2026-10-19T00:00:00Z", "") with data.parameters as _one_day
}

test_text_that_is_no_moment_is_unknown if {
	count(restore_window_available.unknown) == 1 with input as _server(14, "yesterday", _old) with data.parameters as _one_day
	count(restore_window_available.deny) == 0 with input as _server(14, "yesterday", _old) with data.parameters as _one_day
}

test_missing_restore_point_is_unknown if {
	server := {"resource": {"properties": {"backup": {"backupRetentionDays": 14}}}, "context": {"at": 1793491200}}
	count(restore_window_available.unknown) == 1 with input as server with data.parameters as _one_day
	count(restore_window_available.deny) == 0 with input as server with data.parameters as _one_day
}

test_retention_that_is_no_number_is_unknown if {
	count(restore_window_available.unknown) == 1 with input as _server("14", "2026-10-30T00:00:00Z", _old) with data.parameters as _one_day
	count(restore_window_available.deny) == 0 with input as _server("14", "2026-10-30T00:00:00Z", _old) with data.parameters as _one_day
}

test_server_made_this_moment_owes_nothing if {
	server := _server(14, "2026-11-01T00:00:00Z", "2026-11-01T00:00:00Z")
	count(restore_window_available.deny) == 0 with input as server with data.parameters as _one_day
	count(restore_window_available.unknown) == 0 with input as server with data.parameters as _one_day
}

test_creation_in_the_future_is_no_age if {
	server := _server(14, "2026-10-30T00:00:00Z", "2026-11-01T12:00:00Z")
	count(restore_window_available.unknown) == 1 with input as server with data.parameters as _one_day
	count(restore_window_available.deny) == 0 with input as server with data.parameters as _one_day
}
