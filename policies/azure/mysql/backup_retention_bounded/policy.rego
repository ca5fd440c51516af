# METADATA
# title: Backups of the MySQL server are not kept longer than allowed
# description: |
#   A record that was erased lives on in every backup that is kept. The retention of backups is therefore part of the time limit for
#   erasure. MySQL keeps at most 35 days, so this finds a server only where the class of its data has a shorter limit, the parameter
#   backup_retention_days_max. Backups made by other means, such as dumps or a backup vault, are not seen here.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/mysql/flexible-server/concepts-backup-restore
# custom:
#   check: BKP-MAX-001
#   severity: medium
#   resource: Microsoft.DBforMySQL/flexibleServers
#   reads:
#     - {path: resource.properties.backup.backupRetentionDays, type: integer}
#   parameters:
#     backup_retention_days_max: {type: integer, default: 35, min: 1, max: 35, meaning: most days that backups of the data may be kept}
#   controls:
#     GDPR-5-1-e: copies of personal data in backups end within the limit that the firm declared for the class
#     GDPR-17-1: bounds the time for which an erased record survives in backups; the erasure itself is not seen here
#     GDPR-30-1-f: compares the retention in force with the limit that the record of processing names
#   remediation:
#     az: az mysql flexible-server update --resource-group RG --name SERVER --backup-retention DAYS
#     terraform: |
#       resource "azurerm_mysql_flexible_server" "example" {
#         # ...
#         backup_retention_days = 14 # not above the limit of the class
#       }
#     bicep: |
#       resource server 'Microsoft.DBforMySQL/flexibleServers@2023-12-30' = {
#         // ...
#         properties: { backup: { backupRetentionDays: 14 } }
#       }
#     portal: Server > Settings > Compute + storage > Backups > Backup retention period
#     note: A shorter retention deletes older restore points at once and for good.
package azure.mysql.backup_retention_bounded

_days := input.resource.properties.backup.backupRetentionDays

deny contains finding if {
	is_number(_days)
	_days > data.parameters.backup_retention_days_max
	finding := {
		"message": sprintf("backups are kept for %v days, more than %v", [_days, data.parameters.backup_retention_days_max]),
		"path": "resource.properties.backup.backupRetentionDays",
		"actual": _days,
		"expected": sprintf("at most %v", [data.parameters.backup_retention_days_max]),
	}
}

unknown contains sprintf("backupRetentionDays is %v, which is not a number of days", [_days]) if not is_number(_days)
