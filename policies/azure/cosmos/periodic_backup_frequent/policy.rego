# METADATA
# title: Periodic backups of Cosmos DB are made often enough
# description: |
#   What was written since the last periodic backup is lost in a restore. Azure makes one every four hours by default, and up to a day may
#   be set. Continuous backup has no such gap, and this policy does not apply to it.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/cosmos-db/periodic-backup-restore-introduction
# custom:
#   check: COS-BKP-004
#   severity: medium
#   resource: Microsoft.DocumentDB/databaseAccounts
#   reads:
#     - {path: resource.properties.backupPolicy.periodicModeProperties.backupIntervalInMinutes, type: integer}
#     - {path: resource.properties.backupPolicy.type, type: string}
#   parameters:
#     cosmos_backup_interval_minutes_max: {type: integer, default: 240, min: 60, max: 1440, meaning: most minutes between two periodic backups of a Cosmos DB account}
#   controls:
#     DORA-12-1-a: compares how often backups of the account are made with the least that its data asks for
#     RTS-39-2-g: holds the frequency of backup to the minimum that the plan sets
#     RTS-8-2-b-i: compares the account with the backup requirement that the operating procedures lay down
#     RTS-24-1-b-ii-2: the interval bounds how much a restore loses, which the recovery point has to allow
#     GDPR-32-1-c: personal data can be brought back from a state that is hours old at most
#   fix: {path: resource.properties.backupPolicy.periodicModeProperties.backupIntervalInMinutes, parameter: cosmos_backup_interval_minutes_max}
#   remediation:
#     az: az cosmosdb update --resource-group RESOURCE_GROUP --name ACCOUNT --backup-interval 240
#     terraform: |
#       resource "azurerm_cosmosdb_account" "example" {
#         # ...
#         backup {
#           type                = "Periodic"
#           interval_in_minutes = 240
#           retention_in_hours  = 720
#           storage_redundancy  = "Geo"
#         }
#       }
#     bicep: |
#       resource account 'Microsoft.DocumentDB/databaseAccounts@2025-10-15' = {
#         // ...
#         properties: {
#           backupPolicy: {
#             type: 'Periodic'
#             periodicModeProperties: { backupIntervalInMinutes: 240, backupRetentionIntervalInHours: 720, backupStorageRedundancy: 'Geo' }
#           }
#         }
#       }
#     portal: Cosmos DB account > Settings > Backup & Restore > Backup interval
#     note: Continuous backup is the better answer where the account allows it.
package azure.cosmos.periodic_backup_frequent

import data.lib.arm

_backup_interval_in_minutes := input.resource.properties.backupPolicy.periodicModeProperties.backupIntervalInMinutes

_type := input.resource.properties.backupPolicy.type

not_applicable contains "backup is continuous" if arm.same(_type, "Continuous")

deny contains finding if {
	_backup_interval_in_minutes > data.parameters.cosmos_backup_interval_minutes_max
	finding := {
		"message": sprintf("a backup is made every %v minutes, less often than every %v", [_backup_interval_in_minutes, data.parameters.cosmos_backup_interval_minutes_max]),
		"path": "resource.properties.backupPolicy.periodicModeProperties.backupIntervalInMinutes",
		"actual": _backup_interval_in_minutes,
		"expected": sprintf("at most %v minutes", [data.parameters.cosmos_backup_interval_minutes_max]),
	}
}

unknown contains sprintf("type is %q, which this policy does not know", [_type]) if {
	not arm.one_of(_type, ["Continuous", "Periodic"])
}
