# METADATA
# title: Periodic backups of Cosmos DB reach back far enough
# description: |
#   Azure keeps periodic backups for eight hours by default: damage of the evening that is found in the morning can then no longer be
#   undone. Up to 720 hours can be set. Continuous backup has its own policy (continuous_backup_sufficient), and this one does not apply to
#   it.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/cosmos-db/periodic-backup-restore-introduction
# custom:
#   check: COS-BKP-005
#   severity: high
#   resource: Microsoft.DocumentDB/databaseAccounts
#   reads:
#     - {path: resource.properties.backupPolicy.periodicModeProperties.backupRetentionIntervalInHours, type: integer}
#     - {path: resource.properties.backupPolicy.type, type: string}
#   parameters:
#     cosmos_backup_retention_hours_min: {type: integer, default: 336, min: 8, max: 720, meaning: fewest hours that periodic backups of a Cosmos DB account are kept}
#   controls:
#     DORA-12-1-a: shows that the retention in force is at least the one set for data of this class
#     DORA-9-3-b: a longer reach of restore lowers the chance that corrupted or deleted items are lost for good
#     RTS-8-2-b-i: compares the account with the backup requirement that the operating procedures lay down
#     GDPR-32-1-c: personal data can be brought back from before damage that is found late
#   fix: {path: resource.properties.backupPolicy.periodicModeProperties.backupRetentionIntervalInHours, parameter: cosmos_backup_retention_hours_min}
#   remediation:
#     az: az cosmosdb update --resource-group RESOURCE_GROUP --name ACCOUNT --backup-retention 336
#     terraform: |
#       resource "azurerm_cosmosdb_account" "example" {
#         # ...
#         backup {
#           type                = "Periodic"
#           interval_in_minutes = 240
#           retention_in_hours  = 336
#           storage_redundancy  = "Geo"
#         }
#       }
#     bicep: |
#       resource account 'Microsoft.DocumentDB/databaseAccounts@2025-10-15' = {
#         // ...
#         properties: {
#           backupPolicy: {
#             type: 'Periodic'
#             periodicModeProperties: { backupIntervalInMinutes: 240, backupRetentionIntervalInHours: 336, backupStorageRedundancy: 'Geo' }
#           }
#         }
#       }
#     portal: Cosmos DB account > Settings > Backup & Restore > Backup retention
#     note: Only Microsoft restores periodic backups, on request.
package azure.cosmos.periodic_backup_retention_sufficient

import data.lib.arm

_backup_retention_interval_in_hours := input.resource.properties.backupPolicy.periodicModeProperties.backupRetentionIntervalInHours

_type := input.resource.properties.backupPolicy.type

not_applicable contains "backup is continuous" if arm.same(_type, "Continuous")

deny contains finding if {
	_backup_retention_interval_in_hours < data.parameters.cosmos_backup_retention_hours_min
	finding := {
		"message": sprintf("backups are kept for %v hours, fewer than %v", [_backup_retention_interval_in_hours, data.parameters.cosmos_backup_retention_hours_min]),
		"path": "resource.properties.backupPolicy.periodicModeProperties.backupRetentionIntervalInHours",
		"actual": _backup_retention_interval_in_hours,
		"expected": sprintf("at least %v hours", [data.parameters.cosmos_backup_retention_hours_min]),
	}
}

unknown contains sprintf("type is %q, which this policy does not know", [_type]) if {
	not arm.one_of(_type, ["Continuous", "Periodic"])
}
