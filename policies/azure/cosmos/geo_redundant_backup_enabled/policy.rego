# METADATA
# title: Periodic backups of Cosmos DB are copied to the paired region
# description: |
#   Without a copy elsewhere, the loss of the region takes an account that stands in one region and all its backups at once. Continuous
#   backup has no such setting and is not judged: it is kept in each region of the account. Whether data may be kept in the paired region is
#   another policy's question.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/cosmos-db/periodic-backup-storage-redundancy
# custom:
#   check: COS-BKP-003
#   severity: high
#   resource: Microsoft.DocumentDB/databaseAccounts
#   reads:
#     - path: resource.properties.backupPolicy.periodicModeProperties.backupStorageRedundancy
#       type: string
#       absent: "Geo: the default of periodic backup"
#     - {path: resource.properties.backupPolicy.type, type: string}
#   parameters:
#     geo_redundant_backup_required: {type: boolean, default: true, meaning: whether backups must be copied to the paired region}
#   controls:
#     DORA-12-1-a: shows whether the scope of backup for this class of data includes a copy outside the region
#     DORA-9-3-b: keeps the loss of one region from becoming the loss of the data
#     RTS-8-2-b-i: compares the account with the place of backup copies that the procedures require
#     GDPR-32-1-c: personal data can be restored in another region when its own is down
#     DORA-12-4: the copy is a storage resource in reserve that does not share the fate of the region
#   fix: {path: resource.properties.backupPolicy.periodicModeProperties.backupStorageRedundancy, value: Geo}
#   remediation:
#     az: az cosmosdb update --resource-group RESOURCE_GROUP --name ACCOUNT --backup-redundancy Geo
#     terraform: |
#       resource "azurerm_cosmosdb_account" "example" {
#         # ...
#         backup {
#           type               = "Periodic"
#           storage_redundancy = "Geo"
#         }
#       }
#     bicep: |
#       resource account 'Microsoft.DocumentDB/databaseAccounts@2025-10-15' = {
#         // ...
#         properties: {
#           backupPolicy: {
#             type: 'Periodic'
#             periodicModeProperties: { backupStorageRedundancy: 'Geo' }
#           }
#         }
#       }
#     portal: Cosmos DB account > Settings > Backup & Restore > Backup storage redundancy
package azure.cosmos.geo_redundant_backup_enabled

import data.lib.arm

default _redundancy := "Geo"

_redundancy := input.resource.properties.backupPolicy.periodicModeProperties.backupStorageRedundancy

_kind := input.resource.properties.backupPolicy.type

not_applicable contains "geo-redundant backup is not required of this account" if data.parameters.geo_redundant_backup_required == false

not_applicable contains "continuous backup is kept in every region of the account" if arm.same(_kind, "Continuous")

deny contains finding if {
	arm.one_of(_redundancy, ["Local", "Zone"])
	finding := {
		"message": sprintf("the storage of backups is %s, so no copy leaves the region", [_redundancy]),
		"path": "resource.properties.backupPolicy.periodicModeProperties.backupStorageRedundancy",
		"actual": _redundancy,
		"expected": "Geo",
	}
}

unknown contains sprintf("backupStorageRedundancy is %q, which this policy does not know", [_redundancy]) if {
	not arm.one_of(_redundancy, ["Geo", "Local", "Zone"])
}
