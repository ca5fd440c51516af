# METADATA
# title: The managed database can be restored over the whole configured window
# description: |
#   The retention is a setting; the earliest restore point is what the platform really holds. When it lags behind, backups have failed or
#   were lost, and a restore to an older day is impossible. After a longer retention is set, the window fills up day by day and the finding
#   stands until it has. A database younger than its retention is measured by its age. Live only: code never shows it. That a restore
#   succeeds is not shown; only a restore test shows that.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/azure-sql/database/recovery-using-backups
# custom:
#   check: SQLMI-BKP-006
#   severity: medium
#   resource: Microsoft.Sql/managedInstances/databases
#   reads:
#     - {path: resource.properties.earliestRestorePoint, type: string}
#     - {path: resource.properties.creationDate, type: string}
#     - {path: children.backupShortTermRetentionPolicies.default.properties.retentionDays, type: integer}
#     - context.at
#   parameters:
#     restore_window_tolerance_days: {type: integer, default: 1, min: 0, max: 7, meaning: days by which the oldest restore point may lag behind the configured retention}
#   controls:
#     DORA-12-1-a: compares the backups of the managed database that exist with the retention that was decided
#     DORA-9-3-b: shows early that backups stopped, before data is lost for want of them
#     RTS-8-2-b-i: shows whether the backup requirement of the procedures is met in operation
#     GDPR-32-1-c: the days over which personal data can be restored are measured, not assumed
#     DORA-12-2: shows that restore points are there to be used; the restore test itself needs other evidence
#   remediation:
#     az: az sql midb show --resource-group RESOURCE_GROUP --managed-instance INSTANCE --name DATABASE --query earliestRestorePoint
#     portal: Managed instance > Data management > Backups > Available backups
#     note: Nothing brings lost restore points back. Find out why days are missing (a database that was restored, renamed or moved begins anew) and ask Microsoft if none of these is the cause.
package azure.sql_managed_instance.restore_window_available

# _days(text): days from an RFC 3339 time to the moment the facts were read.
_days(text) := (input.context.at - (time.parse_rfc3339_ns(text) / 1000000000)) / 86400

_retention := input.children.backupShortTermRetentionPolicies.default.properties.retentionDays

_window := _days(input.resource.properties.earliestRestorePoint)

_age := _days(input.resource.properties.creationDate)

_needed := min([_retention, _age]) - data.parameters.restore_window_tolerance_days

deny contains finding if {
	_window < _needed
	finding := {
		"message": sprintf("a restore reaches back %v full days, with a retention of %v days", [floor(_window), _retention]),
		"path": "resource.properties.earliestRestorePoint",
		"actual": input.resource.properties.earliestRestorePoint,
		"expected": sprintf("at least %v days before the facts were read", [floor(_needed)]),
	}
}

unknown contains "the earliest restore point is not a time" if not _window

unknown contains "the time of creation is not a time" if not _age
