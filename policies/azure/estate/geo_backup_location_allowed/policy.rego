# METADATA
# title: The geo-redundant backup of the server is in an allowed region
# description: |
#   Geo-redundant backup of PostgreSQL and MySQL flexible servers goes to the paired region, which nobody chooses by name, and some pairs
#   lie in other countries. The pair comes from a table of Microsoft's regions with a date; a region without a known pair is unknown. The
#   setting is fixed at creation for PostgreSQL.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/reliability/cross-region-replication-azure
# custom:
#   check: RES-LOC-002
#   severity: high
#   resource:
#     - Microsoft.DBforPostgreSQL/flexibleServers
#     - Microsoft.DBforMySQL/flexibleServers
#   reads:
#     - {path: resource.location, type: string}
#     - path: resource.properties.backup.geoRedundantBackup
#       type: string
#       absent: "Disabled: Azure's default for a new server"
#   parameters:
#     regions_allowed: {type: list, default: [austriaeast, belgiumcentral, denmarkeast, finlandcentral, francecentral, francesouth, germanynorth, germanywestcentral, italynorth, northeurope, norwayeast, norwaywest, polandcentral, spaincentral, swedencentral, swedensouth, westeurope], pattern: "^[a-z0-9]+$", meaning: "regions in which the firm keeps its data, by default those of the European Economic Area; empty checks no location"}
#   controls:
#     DORA-30-2-b: names the region to which backups go, which no setting of the server names
#     RTS-4-2-b-ii: the register can hold the place of the backups beside that of the server
#     GDPR-44: personal data in a backup outside the list may be a transfer
#     GDPR-28-3-a: geo-redundant backup is an instruction to copy, and this shows the region that follows from it
#   remediation:
#     az: |
#       az mysql flexible-server update --resource-group RESOURCE_GROUP --name SERVER --geo-redundant-backup Disabled
#     terraform: |
#       resource "azurerm_mysql_flexible_server" "example" {
#         # ...
#         geo_redundant_backup_enabled = false # changing it replaces the server
#       }
#     bicep: |
#       resource server 'Microsoft.DBforMySQL/flexibleServers@2023-12-30' = {
#         // ...
#         properties: {
#           backup: {
#             geoRedundantBackup: 'Disabled'
#           }
#         }
#       }
#     note: |
#       A PostgreSQL server keeps the setting that it was created with: make a new server in a region whose pair is allowed, or without geo-redundant backup, and move the data. A replica or a vault in an allowed region can hold the second copy.
package azure.estate.geo_backup_location_allowed

import data.lib.arm
import data.lib.locations
import data.lib.regions

default _kind := "Disabled"

_kind := input.resource.properties.backup.geoRedundantBackup

_geo := ["Enabled"]

_local := ["Disabled"]

_pair := regions.pair(input.resource.location)

_paired if _pair

not_applicable contains "no list of allowed regions is set" if count(data.parameters.regions_allowed) == 0

not_applicable contains "no copy of the backups lies in another region" if arm.one_of(_kind, _local)

deny contains finding if {
	arm.one_of(_kind, _geo)
	locations.outside(_pair, data.parameters.regions_allowed)
	finding := {
		"message": sprintf("%s copies the backups to %s, the paired region of %s", [_kind, _pair, input.resource.location]),
		"path": "resource.properties.backup.geoRedundantBackup",
		"actual": _pair,
		"expected": concat(" or ", data.parameters.regions_allowed),
	}
}

unknown contains sprintf("no paired region of \"%v\" is known", [input.resource.location]) if not _paired

unknown contains sprintf("the redundancy %q is not known to this policy", [_kind]) if not arm.one_of(_kind, array.concat(_geo, _local))
