package azure.postgresql.last_backup_recent_test

import data.azure.postgresql.last_backup_recent

_in(times, role) := {"resource": {"properties": {"replicationRole": role}}, "context": {"at": 1793491200}, "children": {"backups": {sprintf("backup_%v", [i]): {"properties": {"completedTime": t}} | some i, t in times}}}

_limit := {"last_backup_hours_max": 48}

# 1793491200 is 2026-11-01T00:00:00Z.
test_denies_an_old_backup if {
	some finding in last_backup_recent.deny with input as _in(["2026-10-29T23:00:00Z", "2026-10-20T00:00:00Z"], "Primary") with data.parameters as _limit
	finding.path == "children.backups.*.properties.completedTime"
	finding.actual == 49
	finding.message == "the last backup is 49 full hours old"
	finding.expected == "a backup within 48 hours"
	count(last_backup_recent.deny) == 1 with input as _in(["2026-10-29T23:00:00Z"], "Primary") with data.parameters as _limit
}

test_denies_none if {
	some finding in last_backup_recent.deny with input as _in([], "Primary") with data.parameters as _limit
	finding.path == "children.backups.*.properties.completedTime"
	finding.actual == "none"
	finding.expected == "a backup within 48 hours"
	count(last_backup_recent.deny) == 1 with input as _in([], "Primary") with data.parameters as _limit
}

test_passes_a_backup_of_the_bound if {
	every role in ["Primary", "None"] {
		count(last_backup_recent.deny) == 0 with input as _in(["2026-10-30T00:00:00+00:00", "2026-10-01T00:00:00Z"], role) with data.parameters as _limit
		count(last_backup_recent.unknown) == 0 with input as _in(["2026-10-30T00:00:00+00:00"], role) with data.parameters as _limit
		count(last_backup_recent.not_applicable) == 0 with input as _in(["2026-10-30T00:00:00+00:00"], role) with data.parameters as _limit
	}
}

test_parameter_moves_the_bound if count(last_backup_recent.deny) == 1 with input as _in(["2026-10-30T00:00:00Z"], "Primary") with data.parameters as {"last_backup_hours_max": 47}

test_replicas_do_not_count if {
	some reason in last_backup_recent.not_applicable with input as _in([], "AsyncReplica") with data.parameters as _limit
	reason == "a read replica keeps no backups of its own"
}

test_time_that_cannot_be_read_is_unknown if {
	count(last_backup_recent.unknown) == 1 with input as _in(["yesterday", "2026-10-01T00:00:00Z"], "Primary") with data.parameters as _limit
	count(last_backup_recent.deny) == 0 with input as _in(["yesterday", "2026-10-01T00:00:00Z"], "Primary") with data.parameters as _limit
}

test_other_role_is_unknown if count(last_backup_recent.unknown) == 1 with input as _in(["2026-10-31T00:00:00Z"], "Twin") with data.parameters as _limit
