package azure.postgresql.geo_redundant_backup_enabled_test

import data.azure.postgresql.geo_redundant_backup_enabled

server(setting, role) := {"resource": {"properties": {"backup": {"geoRedundantBackup": setting}, "replicationRole": role}}}

required := {"geo_redundant_backup_required": true}

test_denies_disabled if {
	some f in geo_redundant_backup_enabled.deny with input as server("disabled", "Primary") with data.parameters as required
	f.path == "resource.properties.backup.geoRedundantBackup"
	f.actual == "disabled"
	f.expected == "Enabled"
	count(geo_redundant_backup_enabled.unknown) == 0 with input as server("disabled", "Primary") with data.parameters as required
}

test_passes_enabled if {
	count(geo_redundant_backup_enabled.deny) == 0 with input as server("ENABLED", "None") with data.parameters as required
	count(geo_redundant_backup_enabled.unknown) == 0 with input as server("ENABLED", "None") with data.parameters as required
	count(geo_redundant_backup_enabled.not_applicable) == 0 with input as server("ENABLED", "None") with data.parameters as required
}

test_missing_setting_is_disabled if {
	bare := {"resource": {"properties": {"replicationRole": "Primary"}}}
	some f in geo_redundant_backup_enabled.deny with input as bare with data.parameters as required
	f.actual == "Disabled"
}

test_not_required_is_not_judged if {
	optional := {"geo_redundant_backup_required": false}
	some reason in geo_redundant_backup_enabled.not_applicable with input as server("Disabled", "Primary") with data.parameters as optional
	reason == "geo-redundant backup is not required of this server"
}

test_replica_is_not_judged if {
	some reason in geo_redundant_backup_enabled.not_applicable with input as server("Disabled", "GeoAsyncReplica") with data.parameters as required
	reason == "a read replica keeps no backups of its own"
}

test_new_setting_is_unknown if {
	geo_redundant_backup_enabled.unknown == {"the geo-redundant backup setting \"Vaulted\" is not known"} with input as server("Vaulted", "Primary") with data.parameters as required
	count(geo_redundant_backup_enabled.deny) == 0 with input as server("Vaulted", "Primary") with data.parameters as required
}

test_new_role_is_unknown if {
	geo_redundant_backup_enabled.unknown == {"the replication role \"CascadingReplica\" is not known"} with input as server("Enabled", "CascadingReplica") with data.parameters as required
	count(geo_redundant_backup_enabled.not_applicable) == 0 with input as server("Enabled", "CascadingReplica") with data.parameters as required
}
