# METADATA
# title: Backups of the MySQL single server reach back far enough
# description: |
#   Damage that is found late, such as silent corruption or a faulty batch run, can only be undone while a restore point from before it
#   still exists. Azure keeps 7 to 35 days, 7 by default. Azure has retired the platform (retired_platform_left).
# related_resources:
#   - ref: https://learn.microsoft.com/azure/mysql/migrate/whats-happening-to-mysql-single-server
# custom:
#   check: MYS-BKP-001
#   severity: high
#   resource: Microsoft.DBforMySQL/servers
#   reads:
#     - path: resource.properties.storageProfile.backupRetentionDays
#       type: integer
#       absent: "7 days: what Azure keeps when no retention is named"
#   parameters:
#     backup_retention_days_min: {type: integer, default: 14, min: 1, max: 35, meaning: fewest days of point-in-time restore}
#   controls:
#     DORA-12-1-a: shows that the retention in force is at least the one set for data of this class
#     DORA-9-3-b: a longer reach of restore lowers the chance that corrupted or deleted data is lost for good
#     RTS-8-2-b-i: compares the server with the backup requirement that the operating procedures lay down
#     GDPR-32-1-c: personal data can be brought back from any point in the retention period
#   fix: {path: resource.properties.storageProfile.backupRetentionDays, parameter: backup_retention_days_min}
#   remediation:
#     terraform: |
#       resource "azurerm_mysql_server" "example" {
#         # ...
#         backup_retention_days = 14
#       }
#     bicep: |
#       resource server 'Microsoft.DBforMySQL/servers@2017-12-01' = {
#         // ...
#         properties: {
#           storageProfile: { backupRetentionDays: 14 }
#         }
#       }
#     note: |
#       Azure has retired the platform and makes no new servers of this kind. Mend the code only to move it: a flexible server takes its
#       place (retired_platform_left).
package azure.mysql_single.backup_retention_sufficient

default _days := 7

_days := input.resource.properties.storageProfile.backupRetentionDays

deny contains finding if {
	_days < data.parameters.backup_retention_days_min
	finding := {
		"message": sprintf("backups are kept for %v days, fewer than %v", [_days, data.parameters.backup_retention_days_min]),
		"path": "resource.properties.storageProfile.backupRetentionDays",
		"actual": _days,
		"expected": sprintf("at least %v", [data.parameters.backup_retention_days_min]),
	}
}
