# METADATA
# title: The MySQL server can be restored over the whole configured window
# description: |
#   The retention is a promise; the oldest restore point is what there is. When backups fail, or the retention was raised lately, the window
#   is shorter than it says. The window owed is the retention, or the age of the server when that is less, minus
#   restore_window_tolerance_days. A restore point exists only in live Azure: templates give unknown. That a restore works is shown by a
#   restore test alone.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/mysql/flexible-server/concepts-backup-restore
# custom:
#   check: MY-BKP-001
#   severity: medium
#   resource: Microsoft.DBforMySQL/flexibleServers
#   reads:
#     - {path: resource.properties.backup.backupRetentionDays, type: integer}
#     - {path: resource.properties.backup.earliestRestoreDate, type: string}
#     - path: resource.systemData.createdAt
#       type: string
#       absent: "not told: the age of the server is then not known"
#     - context.at
#   parameters:
#     restore_window_tolerance_days: {type: integer, default: 1, min: 0, max: 7, meaning: days by which the oldest restore point may lag behind the configured retention}
#   controls:
#     DORA-12-1-a: shows that the backups which the setting promises were made
#     DORA-9-3-b: finds the loss of restore points before the data itself is lost
#     RTS-8-2-b-i: checks the outcome of the backup procedure and not its setting alone
#     GDPR-32-1-c: the moments to which personal data can be restored are counted and not assumed
#   remediation:
#     az: |
#       az mysql flexible-server backup list --resource-group RG --name SERVER --output table
#       az mysql flexible-server backup create --resource-group RG --name SERVER --backup-name after-finding
#     portal: Server > Settings > Backup and restore shows each backup; Help > Support + troubleshooting when daily backups are missing
#     note: |
#       On MySQL 5.7 long transactions keep the daily backup from being made. Lost restore points do not come back; the window grows day by
#       day.
package azure.mysql.restore_window_available

import data.lib.durations

_retention := days if {
	days := input.resource.properties.backup.backupRetentionDays
	is_number(days)
}

_window := _age(input.resource.properties.backup.earliestRestoreDate)

_lifetime := days if {
	days := _age(input.resource.systemData.createdAt)
	days >= 0
}

_tolerance := data.parameters.restore_window_tolerance_days

# _age(moment): days from a moment to the reading of the facts.
_age(moment) := durations.between(time.parse_rfc3339_ns(moment) / 1000000000, input.context.at)

deny contains finding if {
	due := min([_retention, _lifetime]) - _tolerance
	_window < due
	finding := {
		"message": sprintf("the oldest restore point is %v days old, %v days are due", [floor(_window), ceil(due)]),
		"path": "resource.properties.backup.earliestRestoreDate",
		"actual": input.resource.properties.backup.earliestRestoreDate,
		"expected": sprintf("a restore point that is %v days old", [ceil(due)]),
	}
}

unknown contains "the restore points do not reach back as far as the retention, and the age of the server is not known" if {
	not _lifetime
	_window < _retention - _tolerance
}

unknown contains "the earliest restore date is not a time" if not _window

unknown contains "the retention is not a number of days" if not _retention
