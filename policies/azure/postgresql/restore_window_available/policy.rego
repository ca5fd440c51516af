# METADATA
# title: The PostgreSQL server can be restored over the whole configured window
# description: |
#   The retention is a setting; the earliest restore point is what the platform really holds. When it lags behind, backups have failed or
#   were lost, and a restore to an older day is impossible. After a longer retention is set, the window fills up day by day and the finding
#   stands until it has. Live only: code never shows it. A server younger than its retention is measured by its age, and is unknown when
#   Azure does not say when it was created. That a restore succeeds is not shown; only a restore test shows that.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/postgresql/flexible-server/concepts-backup-restore
# custom:
#   check: PG-BKP-003
#   severity: medium
#   resource: Microsoft.DBforPostgreSQL/flexibleServers
#   reads:
#     - {path: resource.properties.backup.backupRetentionDays, type: integer}
#     - {path: resource.properties.backup.earliestRestoreDate, type: string}
#     - {path: resource.properties.replicationRole, type: string}
#     - path: resource.systemData.createdAt
#       type: string
#       absent: "the age of the server is not known: a window shorter than the retention then proves nothing"
#     - context.at
#   parameters:
#     restore_window_tolerance_days: {type: integer, default: 1, min: 0, max: 7, meaning: days by which the oldest restore point may lag behind the configured retention}
#   controls:
#     DORA-12-1-a: compares the backups that exist with the retention that was decided for the data
#     DORA-9-3-b: shows early that backups stopped, before data is lost for want of them
#     RTS-8-2-b-i: shows whether the backup requirement of the procedures is met in operation
#     GDPR-32-1-c: the days over which personal data can be restored are measured, not assumed
#     DORA-12-2: shows that restore points are there to be used; the restore test itself needs other evidence
#   remediation:
#     az: az postgres flexible-server show --resource-group RESOURCE_GROUP --name SERVER --query backup
#     portal: Server > Settings > Backup and restore; look for missing days.
#     note: |
#       Nothing brings lost restore points back. Take a backup now, find out why days are missing (a stopped or inaccessible server, a revoked
#       key) and open a support request if none of these is the cause.
package azure.postgresql.restore_window_available

import data.lib.replicas

# days_between(text, at): days from an RFC 3339 time to a time in epoch seconds.
days_between(text, at) := (at - (time.parse_rfc3339_ns(text) / 1000000000)) / 86400

retention_days := days if {
	days := input.resource.properties.backup.backupRetentionDays
	is_number(days)
}

window_days := days_between(input.resource.properties.backup.earliestRestoreDate, input.context.at)

age_days := days if {
	days := days_between(input.resource.systemData.createdAt, input.context.at)
	days >= 0
}

needed_days := min([retention_days, age_days]) - data.parameters.restore_window_tolerance_days

not_applicable contains "a read replica keeps no backups of its own" if replicas.replica(input.resource.properties.replicationRole)

deny contains finding if {
	window_days < needed_days
	finding := {
		"message": sprintf("a restore reaches back %v full days, with a retention of %v days", [floor(window_days), retention_days]),
		"path": "resource.properties.backup.earliestRestoreDate",
		"actual": input.resource.properties.backup.earliestRestoreDate,
		"expected": sprintf("at least %v days before the facts were read", [floor(needed_days)]),
	}
}

unknown contains "the restore window is shorter than the retention, and whether the server is too young for more is not known" if {
	window_days < retention_days - data.parameters.restore_window_tolerance_days
	not age_days
}

unknown contains "the earliest restore date is not a time" if not window_days

unknown contains "the retention is not a number of days" if not retention_days

unknown contains sprintf("the replication role %q is not known", [input.resource.properties.replicationRole]) if {
	not replicas.known(input.resource.properties.replicationRole)
}
