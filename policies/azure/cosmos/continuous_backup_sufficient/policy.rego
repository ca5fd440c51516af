# METADATA
# title: Continuous backup of Cosmos DB reaches back far enough
# description: |
#   Damage that is found late can only be undone while a moment from before it can still be restored. Continuous backup comes in two tiers,
#   of 7 and of 30 days; 30 is the most that Cosmos DB offers, so that a parameter above 30 can never be met. Periodic backup is another
#   policy's question (continuous_backup_enabled).
# related_resources:
#   - ref: https://learn.microsoft.com/azure/cosmos-db/continuous-backup-restore-introduction
# custom:
#   check: COS-BKP-002
#   severity: medium
#   resource: Microsoft.DocumentDB/databaseAccounts
#   reads:
#     - {path: resource.properties.backupPolicy.type, type: string}
#     - path: resource.properties.backupPolicy.continuousModeProperties.tier
#       type: string
#       absent: "Continuous30Days: the default tier"
#   parameters:
#     backup_retention_days_min: {type: integer, default: 14, min: 1, max: 35, meaning: fewest days of point-in-time restore}
#   controls:
#     DORA-12-1-a: shows that the retention in force is at least the one set for data of this class
#     DORA-9-3-b: a longer reach of restore lowers the chance that corrupted or deleted data is lost for good
#     RTS-8-2-b-i: compares the account with the backup requirement that the operating procedures lay down
#     GDPR-32-1-c: personal data can be brought back from any point in the retention period
#   fix: {path: resource.properties.backupPolicy.continuousModeProperties.tier, value: Continuous30Days}
#   remediation:
#     az: az cosmosdb update --resource-group RESOURCE_GROUP --name ACCOUNT --continuous-tier Continuous30Days
#     terraform: |
#       resource "azurerm_cosmosdb_account" "example" {
#         # ...
#         backup {
#           type = "Continuous"
#           tier = "Continuous30Days"
#         }
#       }
#     bicep: |
#       resource account 'Microsoft.DocumentDB/databaseAccounts@2025-10-15' = {
#         // ...
#         properties: {
#           backupPolicy: {
#             type: 'Continuous'
#             continuousModeProperties: { tier: 'Continuous30Days' }
#           }
#         }
#       }
#     portal: Cosmos DB account > Settings > Backup & Restore
package azure.cosmos.continuous_backup_sufficient

import data.lib.arm

_kind := input.resource.properties.backupPolicy.type

default _tier := "Continuous30Days"

_tier := input.resource.properties.backupPolicy.continuousModeProperties.tier

_days := {"continuous7days": 7, "continuous30days": 30}

not_applicable contains "backup is periodic" if arm.same(_kind, "Periodic")

deny contains finding if {
	_days[lower(_tier)] < data.parameters.backup_retention_days_min
	finding := {
		"message": sprintf("backups reach back %v days, fewer than %v", [_days[lower(_tier)], data.parameters.backup_retention_days_min]),
		"path": "resource.properties.backupPolicy.continuousModeProperties.tier",
		"actual": _tier,
		"expected": sprintf("at least %v days", [data.parameters.backup_retention_days_min]),
	}
}

unknown contains sprintf("the tier %q is not known", [_tier]) if not _days[lower(_tier)]

unknown contains sprintf("the kind of backup %q is not known", [_kind]) if not arm.one_of(_kind, ["Periodic", "Continuous"])
