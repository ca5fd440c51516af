# METADATA
# title: The last backup of the PostgreSQL server is recent
# description: |
#   A retention that is long enough says nothing of backups that stopped. Azure takes a snapshot every day; when the newest is older than
#   that, later changes rest on the log alone, and a restore takes longer or fails. Live only: code never shows it. That a restore succeeds
#   is not shown; only a restore test shows that.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/postgresql/flexible-server/concepts-backup-restore
# custom:
#   check: PG-BKP-007
#   severity: high
#   resource: Microsoft.DBforPostgreSQL/flexibleServers
#   reads:
#     - {path: "children.backups.*.properties.completedTime", type: string}
#     - {path: resource.properties.replicationRole, type: string}
#     - context.at
#   parameters:
#     last_backup_hours_max: {type: integer, default: 48, min: 1, max: 720, meaning: most hours since the last backup of a server}
#   controls:
#     DORA-12-1-a: compares the rhythm of backups that was decided with the last one that was made
#     DORA-9-3-b: shows within days that backups stopped, before data is lost for want of them
#     RTS-8-2-b-i: shows whether the backup requirement of the procedures is met in operation
#     GDPR-32-1-c: a restore after an incident can begin from a state that is hours old, not weeks
#   remediation:
#     az: az postgres flexible-server backup list --resource-group RESOURCE_GROUP --server-name SERVER
#     portal: Server > Settings > Backup and restore
#     note: Take a backup by hand now, and ask Microsoft why the daily one is missing.
package azure.postgresql.last_backup_recent

import data.lib.replicas

_role := input.resource.properties.replicationRole

_hours contains hours if {
	some backup in input.children.backups
	hours := (input.context.at - (time.parse_rfc3339_ns(backup.properties.completedTime) / 1000000000)) / 3600
}

not_applicable contains "a read replica keeps no backups of its own" if replicas.replica(_role)

deny contains finding if {
	count(input.children.backups) == 0
	finding := {
		"message": "the server shows no backup at all",
		"path": "children.backups.*.properties.completedTime",
		"actual": "none",
		"expected": sprintf("a backup within %v hours", [data.parameters.last_backup_hours_max]),
	}
}

deny contains finding if {
	every backup in input.children.backups {
		_timed(backup)
	}
	min(_hours) > data.parameters.last_backup_hours_max
	finding := {
		"message": sprintf("the last backup is %v full hours old", [floor(min(_hours))]),
		"path": "children.backups.*.properties.completedTime",
		"actual": floor(min(_hours)),
		"expected": sprintf("a backup within %v hours", [data.parameters.last_backup_hours_max]),
	}
}

unknown contains sprintf("the backup %s has no time that can be read", [name]) if {
	some name, backup in input.children.backups
	not _timed(backup)
}

unknown contains sprintf("the replication role %q is not known", [_role]) if not replicas.known(_role)

_timed(backup) if is_number(time.parse_rfc3339_ns(backup.properties.completedTime))
