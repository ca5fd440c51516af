# METADATA
# title: The linked cache is in an allowed region
# description: |
#   Geo-replication copies the whole cache to a linked one, with the personal data in it. The link is judged from both sides: each names the
#   region of the other. The region of a cache is fixed at creation.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/azure-cache-for-redis/cache-how-to-geo-replication
# custom:
#   check: RES-LOC-002
#   severity: high
#   resource: Microsoft.Cache/redis/linkedServers
#   reads:
#     - {path: resource.properties.linkedRedisCacheLocation, type: string}
#   parameters:
#     regions_allowed: {type: list, default: [austriaeast, belgiumcentral, denmarkeast, finlandcentral, francecentral, francesouth, germanynorth, germanywestcentral, italynorth, northeurope, norwayeast, norwaywest, polandcentral, spaincentral, swedencentral, swedensouth, westeurope], pattern: "^[a-z0-9]+$", meaning: "regions in which the firm keeps its data, by default those of the European Economic Area; empty checks no location"}
#   controls:
#     DORA-30-2-b: gives the observed place of the replicated data to compare with the regions that the contract names
#     RTS-4-2-b-ii: names the location of the second copy of the cache
#     GDPR-44: replication to a place outside the list may be a transfer
#     GDPR-28-3-a: the link is an instruction to copy, and this shows where to
#   remediation:
#     az: az redis server-link delete --resource-group RESOURCE_GROUP --name CACHE --linked-server-name LINKED_CACHE
#     terraform: |
#       resource "azurerm_redis_linked_server" "example" {
#         # ...
#         linked_redis_cache_location = "northeurope"
#       }
#     note: |
#       Removing the link leaves the data in the other cache: flush or delete it as well.
package azure.redis.linked_cache_location_allowed

import data.lib.locations

_place := input.resource.properties.linkedRedisCacheLocation

not_applicable contains "no list of allowed regions is set" if count(data.parameters.regions_allowed) == 0

deny contains finding if {
	locations.outside(_place, data.parameters.regions_allowed)
	finding := {
		"message": sprintf("a linked cache is in %s", [_place]),
		"path": "resource.properties.linkedRedisCacheLocation",
		"actual": _place,
		"expected": concat(" or ", data.parameters.regions_allowed),
	}
}

unknown contains "the copy names no region" if locations.nowhere(_place)
