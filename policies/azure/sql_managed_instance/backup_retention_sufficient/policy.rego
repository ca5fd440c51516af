# METADATA
# title: Backups of the managed database reach back far enough
# description: |
#   Damage that is found late, such as silent corruption or a faulty batch run, can only be undone while a restore point from before it
#   still exists. Azure keeps 1 to 35 days, 7 by default. Long-term backups are not counted here (long_term_retention_sufficient).
# related_resources:
#   - ref: https://learn.microsoft.com/azure/azure-sql/managed-instance/automated-backups-overview
# custom:
#   check: SQLMI-BKP-002
#   severity: high
#   resource: Microsoft.Sql/managedInstances/databases
#   reads:
#     - path: children.backupShortTermRetentionPolicies.default.properties.retentionDays
#       type: integer
#       absent: "7 days: what Azure keeps when no retention is named"
#   parameters:
#     backup_retention_days_min: {type: integer, default: 14, min: 1, max: 35, meaning: fewest days of point-in-time restore}
#   controls:
#     DORA-12-1-a: shows that the retention in force is at least the one set for data of this class
#     DORA-9-3-b: a longer reach of restore lowers the chance that corrupted or deleted data is lost for good
#     RTS-8-2-b-i: compares the database with the backup requirement that the operating procedures lay down
#     GDPR-32-1-c: personal data can be brought back from any point in the retention period
#   fix: {path: children.backupShortTermRetentionPolicies.default.properties.retentionDays, parameter: backup_retention_days_min}
#   remediation:
#     az: az sql midb short-term-retention-policy set --resource-group RESOURCE_GROUP --mi INSTANCE --name DATABASE --retention-days 14
#     terraform: |
#       resource "azurerm_mssql_managed_database" "example" {
#         name                      = "ledger"
#         managed_instance_id       = azurerm_mssql_managed_instance.example.id
#         short_term_retention_days = 14
#       }
#     bicep: |
#       resource retention 'Microsoft.Sql/managedInstances/databases/backupShortTermRetentionPolicies@2023-08-01' = {
#         parent: database
#         name: 'default'
#         properties: {
#           retentionDays: 14
#         }
#       }
#     portal: Managed instance > Data management > Backups > Retention policies > Configure policies
#     note: A longer retention fills up day by day; days that are already gone do not come back.
package azure.sql_managed_instance.backup_retention_sufficient

default _days := 7

_days := input.children.backupShortTermRetentionPolicies.default.properties.retentionDays

deny contains finding if {
	_days < data.parameters.backup_retention_days_min
	finding := {
		"message": sprintf("backups are kept for %v days, fewer than %v", [_days, data.parameters.backup_retention_days_min]),
		"path": "children.backupShortTermRetentionPolicies.default.properties.retentionDays",
		"actual": _days,
		"expected": sprintf("at least %v", [data.parameters.backup_retention_days_min]),
	}
}
