# METADATA
# title: Backups of the MySQL server reach back far enough
# description: |
#   Corruption and silent deletion are often found days later. What happened before the retention began cannot be undone. The service keeps
#   7 days unless told otherwise, and at most 35; a longer memory needs another kind of backup. The setting can be changed at any time, but
#   the window grows only day by day. The law names no number: backup_retention_days_min is the firm's own, by the class of the data.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/mysql/flexible-server/concepts-backup-restore
# custom:
#   check: MY-BKP-001
#   severity: high
#   resource: Microsoft.DBforMySQL/flexibleServers
#   reads:
#     - path: resource.properties.backup.backupRetentionDays
#       type: integer
#       absent: "7 days: what Azure gives a new server for which no retention is named"
#   parameters:
#     backup_retention_days_min: {type: integer, default: 14, min: 1, max: 35, meaning: fewest days of point-in-time restore}
#   controls:
#     DORA-12-1-a: compares the days that backups are kept with what the firm set for the criticality of the data
#     DORA-9-3-b: days in reserve let the firm return to a moment before a corruption was noticed
#     RTS-8-2-b-i: shows that the retention in force is the one which the operating procedures ask for
#     GDPR-32-1-c: personal data can be restored after an incident that is found late
#   fix: {path: resource.properties.backup.backupRetentionDays, parameter: backup_retention_days_min}
#   remediation:
#     az: az mysql flexible-server update --resource-group RG --name SERVER --backup-retention 14
#     terraform: |
#       resource "azurerm_mysql_flexible_server" "example" {
#         # ...
#         backup_retention_days = 14
#       }
#     bicep: |
#       resource server 'Microsoft.DBforMySQL/flexibleServers@2023-12-30' = {
#         // ...
#         properties: { backup: { backupRetentionDays: 14 } }
#       }
#     portal: Server > Settings > Compute + storage > Backups > Backup retention period
package azure.mysql.backup_retention_sufficient

default _days := 7

_days := input.resource.properties.backup.backupRetentionDays

deny contains finding if {
	is_number(_days)
	_days < data.parameters.backup_retention_days_min
	finding := {
		"message": sprintf("backups are kept for %v days, fewer than %v", [_days, data.parameters.backup_retention_days_min]),
		"path": "resource.properties.backup.backupRetentionDays",
		"actual": _days,
		"expected": sprintf("at least %v", [data.parameters.backup_retention_days_min]),
	}
}

unknown contains sprintf("backupRetentionDays is %v, which is not a number of days", [_days]) if not is_number(_days)
