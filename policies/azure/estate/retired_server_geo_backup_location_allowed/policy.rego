# METADATA
# title: The geo-redundant backup of the single server is in an allowed region
# description: |
#   While data still lies on a retired single server, its geo-redundant backup goes to the paired region, which nobody chooses by name. The
#   pair comes from a table of Microsoft's regions with a date; a region without a known pair is unknown. The setting is fixed at creation.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/reliability/cross-region-replication-azure
# custom:
#   check: RES-LOC-002
#   severity: medium
#   resource:
#     - Microsoft.DBforPostgreSQL/servers
#     - Microsoft.DBforMySQL/servers
#     - Microsoft.DBforMariaDB/servers
#   reads:
#     - {path: resource.location, type: string}
#     - path: resource.properties.storageProfile.geoRedundantBackup
#       type: string
#       absent: "Disabled: the default of a server that does not say otherwise"
#   parameters:
#     regions_allowed: {type: list, default: [austriaeast, belgiumcentral, denmarkeast, finlandcentral, francecentral, francesouth, germanynorth, germanywestcentral, italynorth, northeurope, norwayeast, norwaywest, polandcentral, spaincentral, swedencentral, swedensouth, westeurope], pattern: "^[a-z0-9]+$", meaning: "regions in which the firm keeps its data, by default those of the European Economic Area; empty checks no location"}
#   controls:
#     DORA-30-2-b: names the region to which backups go, which no setting of the server names
#     RTS-4-2-b-ii: the register can hold the place of the backups beside that of the server
#     GDPR-44: personal data in a backup outside the list may be a transfer
#     GDPR-28-3-a: a forgotten server still copies by instruction, and this shows to which region
#   remediation:
#     portal: Azure Database > Overview > Region and Backup redundancy
#     note: |
#       The setting cannot be changed. Move the data to a flexible server in a region whose pair is allowed, and delete the old server with its backups.
package azure.estate.retired_server_geo_backup_location_allowed

import data.lib.arm
import data.lib.locations
import data.lib.regions

default _kind := "Disabled"

_kind := input.resource.properties.storageProfile.geoRedundantBackup

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
		"path": "resource.properties.storageProfile.geoRedundantBackup",
		"actual": _pair,
		"expected": concat(" or ", data.parameters.regions_allowed),
	}
}

unknown contains sprintf("no paired region of \"%v\" is known", [input.resource.location]) if not _paired

unknown contains sprintf("the redundancy %q is not known to this policy", [_kind]) if not arm.one_of(_kind, array.concat(_geo, _local))
