# METADATA
# title: Cosmos DB can be restored to any moment
# description: |
#   Periodic backups are copies some hours apart, of which Azure keeps the last ones; what was written since is lost, and a restore needs a
#   support request. Continuous backup keeps every change for 7 or 30 days and is restored by the firm itself. An account moved to
#   continuous backup cannot go back.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/cosmos-db/continuous-backup-restore-introduction
# custom:
#   check: COS-BKP-001
#   severity: high
#   resource: Microsoft.DocumentDB/databaseAccounts
#   reads:
#     - path: resource.properties.backupPolicy.type
#       type: string
#       absent: "Periodic: a copy every four hours, the last two are kept"
#   controls:
#     DORA-12-1-a: "shows how often the data is backed up: all the time, or a few times a day"
#     DORA-9-3-b: nothing is lost between two copies
#     RTS-8-2-b-i: compares the kind of backup with the requirement that the operating procedures lay down
#     GDPR-32-1-c: the firm can bring personal data back itself, to the moment before the damage
#   fix: {path: resource.properties.backupPolicy.type, value: Continuous}
#   remediation:
#     az: |
#       az cosmosdb update --resource-group RESOURCE_GROUP --name ACCOUNT --backup-policy-type Continuous --continuous-tier Continuous30Days
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
#     portal: Cosmos DB account > Settings > Backup & Restore > Change to continuous
package azure.cosmos.continuous_backup_enabled

import data.lib.arm

default _backup := "Periodic"

_backup := input.resource.properties.backupPolicy.type

deny contains finding if {
	arm.same(_backup, "Periodic")
	finding := {
		"message": sprintf("backups are %s: a restore goes back to the last copy, and only support can start it", [lower(_backup)]),
		"path": "resource.properties.backupPolicy.type",
		"actual": _backup,
		"expected": "Continuous",
	}
}

unknown contains sprintf("type is %q, which this policy does not know", [_backup]) if {
	not arm.one_of(_backup, ["Continuous", "Periodic"])
}
