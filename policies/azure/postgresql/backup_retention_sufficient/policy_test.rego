package azure.postgresql.backup_retention_sufficient_test

import data.azure.postgresql.backup_retention_sufficient

server(days, role) := {"resource": {"properties": {"backup": {"backupRetentionDays": days}, "replicationRole": role}}}

parameters := {"backup_retention_days_min": 14}

test_denies_short_retention if {
	some f in backup_retention_sufficient.deny with input as server(13, "Primary") with data.parameters as parameters
	f.path == "resource.properties.backup.backupRetentionDays"
	f.actual == 13
	f.expected == "at least 14"
	contains(f.message, "13 days")
}

test_passes_the_minimum if {
	count(backup_retention_sufficient.deny) == 0 with input as server(14, "Primary") with data.parameters as parameters
	count(backup_retention_sufficient.unknown) == 0 with input as server(14, "Primary") with data.parameters as parameters
	count(backup_retention_sufficient.not_applicable) == 0 with input as server(14, "Primary") with data.parameters as parameters
}

test_parameter_moves_the_minimum if {
	count(backup_retention_sufficient.deny) == 1 with input as server(20, "None") with data.parameters as {"backup_retention_days_min": 21}
}

test_missing_retention_is_seven_days if {
	bare := {"resource": {"properties": {"replicationRole": "Primary"}}}
	some f in backup_retention_sufficient.deny with input as bare with data.parameters as parameters
	f.actual == 7
	count(backup_retention_sufficient.deny) == 0 with input as bare with data.parameters as {"backup_retention_days_min": 7}
}

test_replica_is_not_judged if {
	some reason in backup_retention_sufficient.not_applicable with input as server(7, "asyncreplica") with data.parameters as parameters
	reason == "a read replica keeps no backups of its own"
}

test_new_role_is_unknown if {
	backup_retention_sufficient.unknown == {"the replication role \"CascadingReplica\" is not known"} with input as server(30, "CascadingReplica") with data.parameters as parameters
	count(backup_retention_sufficient.not_applicable) == 0 with input as server(30, "CascadingReplica") with data.parameters as parameters
}
