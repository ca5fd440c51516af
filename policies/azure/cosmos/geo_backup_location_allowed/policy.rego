# METADATA
# title: The periodic backup of Cosmos DB is in an allowed region
# description: |
#   Periodic backup of Cosmos DB is stored with the write region and, unless told otherwise, copied to the paired region, which nobody
#   chooses by name. Continuous backup stays in the regions of the account. The pair comes from a table of Microsoft's regions with a date;
#   a region without a known pair is unknown.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/reliability/cross-region-replication-azure
# custom:
#   check: RES-LOC-002
#   severity: high
#   resource: Microsoft.DocumentDB/databaseAccounts
#   reads:
#     - {path: resource.properties.locations, type: array}
#     - {path: resource.properties.backupPolicy.type, type: string}
#     - path: resource.properties.backupPolicy.periodicModeProperties.backupStorageRedundancy
#       type: string
#   parameters:
#     regions_allowed: {type: list, default: [austriaeast, belgiumcentral, denmarkeast, finlandcentral, francecentral, francesouth, germanynorth, germanywestcentral, italynorth, northeurope, norwayeast, norwaywest, polandcentral, spaincentral, swedencentral, swedensouth, westeurope], pattern: "^[a-z0-9]+$", meaning: "regions in which the firm keeps its data, by default those of the European Economic Area; empty checks no location"}
#   controls:
#     DORA-30-2-b: names the region to which the backups of the account go without being named in it
#     RTS-4-2-b-ii: the register can hold the place of the backups beside those of the account
#     GDPR-44: a backup in a pair outside the list may be a transfer besides the replicas of the account
#     GDPR-28-3-a: the redundancy of the backups is an instruction to the processor, and this shows where it leads
#   remediation:
#     az: az cosmosdb update --resource-group RESOURCE_GROUP --name ACCOUNT --backup-redundancy Zone
#     terraform: |
#       resource "azurerm_cosmosdb_account" "example" {
#         # ...
#         backup {
#           type               = "Periodic"
#           storage_redundancy = "Zone"
#         }
#       }
#     bicep: |
#       resource account 'Microsoft.DocumentDB/databaseAccounts@2025-10-15' = {
#         // ...
#         properties: {
#           backupPolicy: {
#             type: 'Periodic'
#             periodicModeProperties: {
#               backupStorageRedundancy: 'Zone'
#             }
#           }
#         }
#       }
#     note: Continuous backup keeps the copies in the regions of the account; the way back to periodic backup is closed then.
package azure.cosmos.geo_backup_location_allowed

import data.lib.arm
import data.lib.locations
import data.lib.regions

_kind := input.resource.properties.backupPolicy.periodicModeProperties.backupStorageRedundancy

_geo := ["Geo"]

_local := ["Local", "Zone"]

_pair := regions.pair(_write_region)

_paired if _pair

default _write_region := ""

_write_region := [location.locationName | some location in input.resource.properties.locations; location.failoverPriority == 0][0]

_mode := input.resource.properties.backupPolicy.type

not_applicable contains "no list of allowed regions is set" if count(data.parameters.regions_allowed) == 0

not_applicable contains "no copy of the backups lies in another region" if arm.one_of(_kind, _local)

not_applicable contains "continuous backup stays in the regions of the account" if arm.same(_mode, "Continuous")

unknown contains sprintf("the kind of backup %q is not known", [_mode]) if not arm.one_of(_mode, ["Continuous", "Periodic"])

deny contains finding if {
	arm.one_of(_kind, _geo)
	locations.outside(_pair, data.parameters.regions_allowed)
	finding := {
		"message": sprintf("%s copies the backups to %s, the paired region of %s", [_kind, _pair, _write_region]),
		"path": "resource.properties.backupPolicy.periodicModeProperties.backupStorageRedundancy",
		"actual": _pair,
		"expected": concat(" or ", data.parameters.regions_allowed),
	}
}

unknown contains sprintf("no paired region of \"%v\" is known", [_write_region]) if not _paired

unknown contains sprintf("the redundancy %q is not known to this policy", [_kind]) if not arm.one_of(_kind, array.concat(_geo, _local))
