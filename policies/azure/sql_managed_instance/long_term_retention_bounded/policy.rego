# METADATA
# title: No backup of the managed database is kept too long
# description: |
#   Personal data that is erased from the database lives on in its long-term backups until they expire. A retention of many years keeps it
#   past any purpose, and nobody can erase a single person from a backup. The bound is a parameter, sql_long_term_retention_days_max, and
#   should follow the data class.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/azure-sql/managed-instance/long-term-backup-retention-configure
# custom:
#   check: SQLMI-BKP-004
#   severity: medium
#   resource: Microsoft.Sql/managedInstances/databases
#   reads:
#     - path: children.backupLongTermRetentionPolicies.default.properties.weeklyRetention
#       type: string
#       absent: "PT0S: no such backups are kept"
#     - path: children.backupLongTermRetentionPolicies.default.properties.monthlyRetention
#       type: string
#       absent: "PT0S: no such backups are kept"
#     - path: children.backupLongTermRetentionPolicies.default.properties.yearlyRetention
#       type: string
#       absent: "PT0S: no such backups are kept"
#   parameters:
#     sql_long_term_retention_days_max: {type: integer, default: 3650, min: 1, max: 3650, meaning: most days that any backup may be kept}
#   controls:
#     GDPR-5-1-e: compares the longest life of a copy of the data with the longest that its purpose allows
#     DORA-12-1-a: shows that the retention in force is not above the one set for data of this class
#     RTS-8-2-b-i: compares the database with the upper bound that the backup procedures set
#   remediation:
#     az: |
#       az sql midb ltr-policy set --resource-group RESOURCE_GROUP --managed-instance INSTANCE --name DATABASE \
#         --weekly-retention P4W --monthly-retention P12M --yearly-retention P5Y --week-of-year 1
#     terraform: |
#       resource "azurerm_mssql_managed_database" "example" {
#         name                = "ledger"
#         managed_instance_id = azurerm_mssql_managed_instance.example.id
#         long_term_retention_policy {
#           weekly_retention  = "P4W"
#           monthly_retention = "P12M"
#           yearly_retention  = "P5Y"
#           week_of_year      = 1
#         }
#       }
#     bicep: |
#       resource longTerm 'Microsoft.Sql/managedInstances/databases/backupLongTermRetentionPolicies@2023-08-01' = {
#         parent: database
#         name: 'default'
#         properties: {
#           weeklyRetention: 'P4W'
#           monthlyRetention: 'P12M'
#           yearlyRetention: 'P5Y'
#           weekOfYear: 1
#         }
#       }
#     portal: Managed instance > Data management > Backups > Retention policies > Configure policies
package azure.sql_managed_instance.long_term_retention_bounded

import data.lib.durations

default _weekly := "PT0S"

_weekly := input.children.backupLongTermRetentionPolicies.default.properties.weeklyRetention

default _monthly := "PT0S"

_monthly := input.children.backupLongTermRetentionPolicies.default.properties.monthlyRetention

default _yearly := "PT0S"

_yearly := input.children.backupLongTermRetentionPolicies.default.properties.yearlyRetention

deny contains finding if {
	some path, text in {
		"children.backupLongTermRetentionPolicies.default.properties.weeklyRetention": _weekly,
		"children.backupLongTermRetentionPolicies.default.properties.monthlyRetention": _monthly,
		"children.backupLongTermRetentionPolicies.default.properties.yearlyRetention": _yearly,
	}
	durations.days(text) > data.parameters.sql_long_term_retention_days_max
	finding := {
		"message": sprintf("backups are kept for %s, longer than %v days", [text, data.parameters.sql_long_term_retention_days_max]),
		"path": path,
		"actual": text,
		"expected": sprintf("at most %v days", [data.parameters.sql_long_term_retention_days_max]),
	}
}

unknown contains sprintf("%q is no length of time", [text]) if {
	some text in [_weekly, _monthly, _yearly]
	not _known(text)
}

_known(text) if durations.days(text) >= 0
