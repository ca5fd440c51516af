# METADATA
# title: The replica of the SQL database is in an allowed region
# description: |
#   A replication link keeps a whole second copy of the database on another server, by a failover group or by itself, and the server may
#   stand in another subscription that nobody scans. The link names the region of the other side. Links are facts of the running estate:
#   code shows the second database instead.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/azure-sql/database/active-geo-replication-overview
# custom:
#   check: RES-LOC-002
#   severity: high
#   resource: Microsoft.Sql/servers/databases/replicationLinks
#   reads:
#     - {path: resource.properties.partnerLocation, type: string}
#   parameters:
#     regions_allowed: {type: list, default: [austriaeast, belgiumcentral, denmarkeast, finlandcentral, francecentral, francesouth, germanynorth, germanywestcentral, italynorth, northeurope, norwayeast, norwaywest, polandcentral, spaincentral, swedencentral, swedensouth, westeurope], pattern: "^[a-z0-9]+$", meaning: "regions in which the firm keeps its data, by default those of the European Economic Area; empty checks no location"}
#   controls:
#     DORA-30-2-b: gives the observed place of the second database to compare with the regions that the contract names
#     RTS-4-2-b-ii: names the location of the second copy of the database
#     GDPR-44: replication to a place outside the list may be a transfer
#     GDPR-28-3-a: the link is an instruction to copy, and this shows where the processor copies to
#   remediation:
#     az: |
#       az sql db replica delete-link --resource-group RESOURCE_GROUP --server SERVER --name DATABASE \
#         --partner-server PARTNER --partner-resource-group PARTNER_GROUP --yes
#     portal: SQL database > Data management > Replicas
#     note: |
#       Removing the link leaves the second database where it is, as a database of its own: delete it as well.
package azure.sql.replication_partner_location_allowed

import data.lib.locations

_place := input.resource.properties.partnerLocation

not_applicable contains "no list of allowed regions is set" if count(data.parameters.regions_allowed) == 0

deny contains finding if {
	locations.outside(_place, data.parameters.regions_allowed)
	finding := {
		"message": sprintf("the other side of the replication is in %s", [_place]),
		"path": "resource.properties.partnerLocation",
		"actual": _place,
		"expected": concat(" or ", data.parameters.regions_allowed),
	}
}

unknown contains "the copy names no region" if locations.nowhere(_place)
