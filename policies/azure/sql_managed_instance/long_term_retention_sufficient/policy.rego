# METADATA
# title: Some backup of the managed database is kept beyond point-in-time restore
# description: |
#   Point-in-time restore ends after 35 days at most. Damage that was done earlier, or a question about an earlier state of the data, can
#   only be answered from long-term backups, and none are kept unless a policy says so. The longest of the weekly, monthly and yearly
#   retention counts. Copies elsewhere are not seen.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/azure-sql/managed-instance/long-term-backup-retention-configure
# custom:
#   check: SQLMI-BKP-003
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
#     sql_long_term_retention_days_min: {type: integer, default: 90, min: 1, max: 3650, meaning: fewest days that the longest-kept backup must live}
#   controls:
#     DORA-12-1-a: shows that the retention in force is at least the one set for data of this class
#     DORA-9-3-b: a longer reach of restore lowers the chance that corrupted or deleted data is lost for good
#     RTS-8-2-b-i: compares the database with the backup requirement that the operating procedures lay down
#     GDPR-32-1-c: personal data can be brought back from an earlier state than point-in-time restore reaches
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
package azure.sql_managed_instance.long_term_retention_sufficient

import data.lib.durations

default _weekly := "PT0S"

_weekly := input.children.backupLongTermRetentionPolicies.default.properties.weeklyRetention

default _monthly := "PT0S"

_monthly := input.children.backupLongTermRetentionPolicies.default.properties.monthlyRetention

default _yearly := "PT0S"

_yearly := input.children.backupLongTermRetentionPolicies.default.properties.yearlyRetention

_longest := max([durations.days(_weekly), durations.days(_monthly), durations.days(_yearly)])

deny contains finding if {
	_longest < data.parameters.sql_long_term_retention_days_min
	finding := {
		"message": sprintf("the longest-kept backup lives %v days, fewer than %v", [round(_longest), data.parameters.sql_long_term_retention_days_min]),
		"path": "children.backupLongTermRetentionPolicies.default.properties.monthlyRetention",
		"actual": sprintf("weekly %s, monthly %s, yearly %s", [_weekly, _monthly, _yearly]),
		"expected": sprintf("at least %v days", [data.parameters.sql_long_term_retention_days_min]),
	}
}

unknown contains sprintf("%q is no length of time", [text]) if {
	some text in [_weekly, _monthly, _yearly]
	not _known(text)
}

_known(text) if durations.days(text) >= 0
