package azure.postgresql.backup_retention_bounded_test

import data.azure.postgresql.backup_retention_bounded

server(days, role) := {"resource": {"properties": {"backup": {"backupRetentionDays": days}, "replicationRole": role}}}

parameters := {"backup_retention_days_max": 21}

test_denies_long_retention if {
	some f in backup_retention_bounded.deny with input as server(22, "Primary") with data.parameters as parameters
	f.path == "resource.properties.backup.backupRetentionDays"
	f.actual == 22
	f.expected == "at most 21"
	contains(f.message, "22 days")
}

test_passes_the_maximum if {
	count(backup_retention_bounded.deny) == 0 with input as server(21, "None") with data.parameters as parameters
	count(backup_retention_bounded.unknown) == 0 with input as server(21, "None") with data.parameters as parameters
	count(backup_retention_bounded.not_applicable) == 0 with input as server(21, "None") with data.parameters as parameters
}

test_missing_retention_is_left_to_the_engine if {
	bare := {"resource": {"properties": {"replicationRole": "Primary"}}}
	count(backup_retention_bounded.deny) == 0 with input as bare with data.parameters as parameters
}

test_replica_is_not_judged if {
	some reason in backup_retention_bounded.not_applicable with input as server(35, "GEOASYNCREPLICA") with data.parameters as parameters
	reason == "a read replica keeps no backups of its own"
}

test_new_role_is_unknown if {
	backup_retention_bounded.unknown == {"the replication role \"CascadingReplica\" is not known"} with input as server(14, "CascadingReplica") with data.parameters as parameters
	count(backup_retention_bounded.not_applicable) == 0 with input as server(14, "CascadingReplica") with data.parameters as parameters
}
