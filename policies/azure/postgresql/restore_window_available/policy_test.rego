package azure.postgresql.restore_window_available_test

import data.azure.postgresql.restore_window_available

# 2026-11-01T00:00:00Z
at := 1793491200

server(days, earliest, created) := {
	"resource": {
		"properties": {"backup": {"backupRetentionDays": days, "earliestRestoreDate": earliest}, "replicationRole": "Primary"},
		"systemData": {"createdAt": created},
	},
	"context": {"at": at},
}

ageless(days, earliest) := {
	"resource": {"properties": {"backup": {"backupRetentionDays": days, "earliestRestoreDate": earliest}, "replicationRole": "None"}},
	"context": {"at": at},
}

replica(role) := {
	"resource": {
		"properties": {"backup": {"backupRetentionDays": 14, "earliestRestoreDate": "2026-10-18T00:00:00Z"}, "replicationRole": role},
		"systemData": {"createdAt": "2025-03-01T08:00:00Z"},
	},
	"context": {"at": at},
}

parameters := {"restore_window_tolerance_days": 1}

old := "2025-03-01T08:00:00Z"

test_denies_a_lagging_window if {
	some f in restore_window_available.deny with input as server(14, "2026-10-19T00:00:01.0000000+00:00", old) with data.parameters as parameters
	f.path == "resource.properties.backup.earliestRestoreDate"
	f.actual == "2026-10-19T00:00:01.0000000+00:00"
	f.expected == "at least 13 days before the facts were read"
	f.message == "a restore reaches back 12 full days, with a retention of 14 days"
}

test_passes_at_the_tolerance if {
	full := server(14, "2026-10-19T00:00:00.0000000+00:00", old)
	count(restore_window_available.deny) == 0 with input as full with data.parameters as parameters
	count(restore_window_available.unknown) == 0 with input as full with data.parameters as parameters
	count(restore_window_available.not_applicable) == 0 with input as full with data.parameters as parameters
}

test_seven_fractional_digits_are_read if {
	full := server(14, "2026-10-18T00:35:22.8166567+00:00", old)
	count(restore_window_available.deny) == 0 with input as full with data.parameters as parameters
	count(restore_window_available.unknown) == 0 with input as full with data.parameters as parameters
}

test_tolerance_is_a_parameter if {
	count(restore_window_available.deny) == 1 with input as server(14, "2026-10-18T12:00:00Z", old) with data.parameters as {"restore_window_tolerance_days": 0}
}

test_young_server_is_measured_by_its_age if {
	young := server(14, "2026-10-30T00:20:00Z", "2026-10-30T00:00:00Z")
	count(restore_window_available.deny) == 0 with input as young with data.parameters as parameters
	count(restore_window_available.unknown) == 0 with input as young with data.parameters as parameters
}

test_server_of_today_is_measured_by_its_age if {
	today := server(14, "2026-10-31T18:20:00Z", "2026-10-31T18:00:00Z")
	count(restore_window_available.deny) == 0 with input as today with data.parameters as parameters
	count(restore_window_available.unknown) == 0 with input as today with data.parameters as parameters
}

test_server_of_this_second_is_measured_by_its_age if {
	now := server(14, "2026-11-01T00:00:00Z", "2026-11-01T00:00:00Z")
	count(restore_window_available.unknown) == 0 with input as now with data.parameters as parameters
}

test_denies_a_young_server_without_backups if {
	some f in restore_window_available.deny with input as server(14, "2026-10-31T00:00:00Z", "2026-10-25T00:00:00Z") with data.parameters as parameters
	f.expected == "at least 6 days before the facts were read"
}

test_short_window_of_unknown_age_is_unknown if {
	short := ageless(14, "2026-10-19T00:00:01Z")
	restore_window_available.unknown == {"the restore window is shorter than the retention, and whether the server is too young for more is not known"} with input as short with data.parameters as parameters
	count(restore_window_available.deny) == 0 with input as short with data.parameters as parameters
}

test_full_window_of_unknown_age_passes if {
	full := ageless(14, "2026-10-19T00:00:00Z")
	count(restore_window_available.deny) == 0 with input as full with data.parameters as parameters
	count(restore_window_available.unknown) == 0 with input as full with data.parameters as parameters
}

test_creation_in_the_future_is_unknown if {
	odd := server(14, "2026-10-30T00:00:00Z", "2026-11-03T00:00:00Z")
	restore_window_available.unknown == {"the restore window is shorter than the retention, and whether the server is too young for more is not known"} with input as odd with data.parameters as parameters
}

test_missing_date_is_unknown if {
	bare := {"resource": {"properties": {"backup": {"backupRetentionDays": 14}, "replicationRole": "Primary"}}, "context": {"at": at}}
	restore_window_available.unknown == {"the earliest restore date is not a time"} with input as bare with data.parameters as parameters
	count(restore_window_available.deny) == 0 with input as bare with data.parameters as parameters
}

test_date_that_is_no_time_is_unknown if {
	odd := server(14, "soon", old)
	restore_window_available.unknown == {"the earliest restore date is not a time"} with input as odd with data.parameters as parameters
}

test_retention_that_is_no_number_is_unknown if {
	odd := server("14", "2026-10-31T00:00:00Z", old)
	restore_window_available.unknown == {"the retention is not a number of days"} with input as odd with data.parameters as parameters
	count(restore_window_available.deny) == 0 with input as odd with data.parameters as parameters
}

test_replica_is_not_judged if {
	some reason in restore_window_available.not_applicable with input as replica("asyncreplica") with data.parameters as parameters
	reason == "a read replica keeps no backups of its own"
}

test_new_role_is_unknown if {
	restore_window_available.unknown == {"the replication role \"CascadingReplica\" is not known"} with input as replica("CascadingReplica") with data.parameters as parameters
	count(restore_window_available.not_applicable) == 0 with input as replica("CascadingReplica") with data.parameters as parameters
}
