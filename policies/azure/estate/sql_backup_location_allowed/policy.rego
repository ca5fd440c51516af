# METADATA
# title: The backups of Azure SQL are in an allowed region
# description: |
#   Unless told otherwise, Azure SQL copies backups to the paired region, which nobody chooses by name, and some pairs lie in other
#   countries. The redundancy that was asked for is judged: after a change older backups may still lie where they were. The pair comes from
#   a table of Microsoft's regions with a date; a region without a known pair is unknown.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/reliability/cross-region-replication-azure
# custom:
#   check: RES-LOC-002
#   severity: high
#   resource:
#     - Microsoft.Sql/servers/databases
#     - Microsoft.Sql/managedInstances
#   reads:
#     - {path: resource.location, type: string}
#     - {path: resource.properties.requestedBackupStorageRedundancy, type: string}
#   parameters:
#     regions_allowed: {type: list, default: [austriaeast, belgiumcentral, denmarkeast, finlandcentral, francecentral, francesouth, germanynorth, germanywestcentral, italynorth, northeurope, norwayeast, norwaywest, polandcentral, spaincentral, swedencentral, swedensouth, westeurope], pattern: "^[a-z0-9]+$", meaning: "regions in which the firm keeps its data, by default those of the European Economic Area; empty checks no location"}
#   controls:
#     DORA-30-2-b: names the region to which backups of SQL databases go by default
#     RTS-4-2-b-ii: the register can hold the place of the backups beside that of the database
#     GDPR-44: a backup in a pair outside the list may be a transfer that follows from a default alone
#     GDPR-28-3-a: the redundancy of backups is an instruction to the processor, and this shows the region that follows from it
#   remediation:
#     az: |
#       az sql db update --resource-group RESOURCE_GROUP --server SERVER --name DATABASE --backup-storage-redundancy Zone
#       az sql mi update --resource-group RESOURCE_GROUP --name INSTANCE --backup-storage-redundancy Zone
#     terraform: |
#       resource "azurerm_mssql_database" "example" {
#         # ...
#         storage_account_type = "Zone"
#       }
#     bicep: |
#       resource database 'Microsoft.Sql/servers/databases@2023-08-01' = {
#         // ...
#         properties: {
#           requestedBackupStorageRedundancy: 'Zone'
#         }
#       }
#     note: A failover group with a server in an allowed region can take the place of the geo-redundant backup.
package azure.estate.sql_backup_location_allowed

import data.lib.arm
import data.lib.locations
import data.lib.regions

_kind := input.resource.properties.requestedBackupStorageRedundancy

_geo := ["Geo", "GeoZone"]

_local := ["Local", "Zone"]

_pair := regions.pair(input.resource.location)

_paired if _pair

not_applicable contains "no list of allowed regions is set" if count(data.parameters.regions_allowed) == 0

not_applicable contains "no copy of the backups lies in another region" if arm.one_of(_kind, _local)

not_applicable contains "the system database belongs to Azure" if lower(input.resource.name) == "master"

deny contains finding if {
	arm.one_of(_kind, _geo)
	locations.outside(_pair, data.parameters.regions_allowed)
	finding := {
		"message": sprintf("%s copies the backups to %s, the paired region of %s", [_kind, _pair, input.resource.location]),
		"path": "resource.properties.requestedBackupStorageRedundancy",
		"actual": _pair,
		"expected": concat(" or ", data.parameters.regions_allowed),
	}
}

unknown contains sprintf("no paired region of \"%v\" is known", [input.resource.location]) if not _paired

unknown contains sprintf("the redundancy %q is not known to this policy", [_kind]) if not arm.one_of(_kind, array.concat(_geo, _local))
