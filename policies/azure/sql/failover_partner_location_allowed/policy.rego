# METADATA
# title: The partner of the failover group is in an allowed region
# description: |
#   A failover group keeps a copy of its databases on a server in another region and moves the work there when a region fails. The partner
#   may stand in another subscription that nobody scans. Code names the partner by its id only: there the region is unknown, and the partner
#   server is judged by itself.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/azure-sql/database/failover-group-sql-db
# custom:
#   check: RES-LOC-002
#   severity: high
#   resource: Microsoft.Sql/servers/failoverGroups
#   reads:
#     - {path: resource.properties.partnerServers, type: array}
#   parameters:
#     regions_allowed: {type: list, default: [austriaeast, belgiumcentral, denmarkeast, finlandcentral, francecentral, francesouth, germanynorth, germanywestcentral, italynorth, northeurope, norwayeast, norwaywest, polandcentral, spaincentral, swedencentral, swedensouth, westeurope], pattern: "^[a-z0-9]+$", meaning: "regions in which the firm keeps its data, by default those of the European Economic Area; empty checks no location"}
#   controls:
#     DORA-30-2-b: names the region from which the service is provided after a failover
#     RTS-4-2-b-ii: names the location of the second copy of the databases in the group
#     GDPR-44: a partner outside the list may be a transfer, at once and not only after a failover
#     GDPR-28-3-a: the choice of partner is an instruction to the processor, and this shows the one in force
#   remediation:
#     az: |
#       az sql failover-group delete --resource-group RESOURCE_GROUP --server SERVER --name GROUP
#       az sql failover-group create --resource-group RESOURCE_GROUP --server SERVER --name GROUP --partner-server ALLOWED_PARTNER --add-db DATABASE
#     terraform: |
#       resource "azurerm_mssql_failover_group" "example" {
#         # ...
#         partner_server {
#           id = azurerm_mssql_server.allowed_region.id
#         }
#       }
#     note: |
#       The old partner keeps its copies when the group is deleted: delete them as well.
package azure.sql.failover_partner_location_allowed

import data.lib.locations

_partners := input.resource.properties.partnerServers

not_applicable contains "no list of allowed regions is set" if count(data.parameters.regions_allowed) == 0

deny contains finding if {
	some partner in _partners
	locations.outside(partner.location, data.parameters.regions_allowed)
	finding := {
		"message": sprintf("the partner of the failover group is in %s", [partner.location]),
		"path": "resource.properties.partnerServers",
		"actual": partner.location,
		"expected": concat(" or ", data.parameters.regions_allowed),
	}
}

unknown contains "the group names no partner" if count(_partners) == 0

unknown contains "a partner names no region" if {
	some partner in _partners
	not _placed(partner)
}

_placed(partner) if {
	is_string(partner.location)
	not locations.nowhere(partner.location)
}
