# METADATA
# title: The private DNS zone has one owner for its name
# description: |
#   Two zones of one name hold different records. Each network sees the one that it is linked to, so an endpoint that was registered in the
#   other is found by its public address. Zones kept apart on purpose, for each environment or region, are what the parameter is for.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/private-link/private-endpoint-dns-integration
# custom:
#   check: NET-DNS-002
#   severity: low
#   resource: Microsoft.Network/privateDnsZones
#   reads:
#     - {path: resource.name, type: string}
#     - path: related.same_name_zones.*
#       in_part: more zones than are allowed are enough for a fail, whatever else there is
#   parameters:
#     private_zone_copies_max: {type: integer, default: 1, min: 1, max: 1000, meaning: most private DNS zones of one name that the firm keeps}
#   controls:
#     DORA-9-4-b: names the place in which a private way can be cut, because there is one zone for its name
#     RTS-13-1-b: one zone for a name leaves one answer to document
#   remediation:
#     az: |
#       az network private-dns link vnet create --resource-group RESOURCE_GROUP --zone-name ZONE --name LINK --virtual-network VNET_ID --registration-enabled false
#       az network private-dns zone delete --resource-group OLD_RESOURCE_GROUP --name ZONE
#     note: Register the endpoints in the zone that stays, and move the links, before the other zone is deleted. A network can be linked to one zone of a name only.
package azure.dns.zone_copies_limited

_for_endpoints if startswith(lower(input.resource.name), "privatelink.")

_copies := count(input.related.same_name_zones)

_counted if _copies > 0

not_applicable contains "the zone is not for private endpoints" if not _for_endpoints

unknown contains "the zones of this name cannot be counted" if not _counted

deny contains finding if {
	_copies > data.parameters.private_zone_copies_max
	finding := {
		"message": sprintf("there are %d zones of this name", [_copies]),
		"path": "related.same_name_zones.*",
		"actual": sort([zone.id | some _, zone in input.related.same_name_zones]),
		"expected": sprintf("at most %d", [data.parameters.private_zone_copies_max]),
	}
}
