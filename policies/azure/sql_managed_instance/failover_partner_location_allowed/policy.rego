# METADATA
# title: The partner region of the instance failover group is allowed
# description: |
#   An instance failover group keeps a copy of all user databases of a managed instance in another region and moves the work there when a
#   region fails. The group names that region itself.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/azure-sql/managed-instance/failover-group-sql-mi
# custom:
#   check: RES-LOC-002
#   severity: high
#   resource: Microsoft.Sql/locations/instanceFailoverGroups
#   reads:
#     - {path: resource.properties.partnerRegions, type: array}
#   parameters:
#     regions_allowed: {type: list, default: [austriaeast, belgiumcentral, denmarkeast, finlandcentral, francecentral, francesouth, germanynorth, germanywestcentral, italynorth, northeurope, norwayeast, norwaywest, polandcentral, spaincentral, swedencentral, swedensouth, westeurope], pattern: "^[a-z0-9]+$", meaning: "regions in which the firm keeps its data, by default those of the European Economic Area; empty checks no location"}
#   controls:
#     DORA-30-2-b: names the region from which the instance is provided after a failover
#     RTS-4-2-b-ii: names the location of the second copy of the whole instance
#     GDPR-44: a partner region outside the list may be a transfer of every database of the instance
#     GDPR-28-3-a: the choice of partner region is an instruction to the processor, and this shows the one in force
#   remediation:
#     az: |
#       az sql instance-failover-group delete --resource-group RESOURCE_GROUP --location LOCATION --name GROUP
#       az sql instance-failover-group create --resource-group RESOURCE_GROUP --mi INSTANCE --name GROUP --partner-mi ALLOWED_PARTNER --partner-resource-group PARTNER_GROUP
#     terraform: |
#       resource "azurerm_mssql_managed_instance_failover_group" "example" {
#         # ...
#         partner_managed_instance_id = azurerm_mssql_managed_instance.allowed_region.id
#       }
#     note: |
#       The old partner keeps its copies when the group is deleted: delete them as well.
package azure.sql_managed_instance.failover_partner_location_allowed

import data.lib.locations

_partners := input.resource.properties.partnerRegions

not_applicable contains "no list of allowed regions is set" if count(data.parameters.regions_allowed) == 0

deny contains finding if {
	some partner in _partners
	locations.outside(partner.location, data.parameters.regions_allowed)
	finding := {
		"message": sprintf("the partner of the failover group is in %s", [partner.location]),
		"path": "resource.properties.partnerRegions",
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
