# METADATA
# title: The Redis cache is linked to a cache in another region
# description: |
#   A cache in one region is gone with the region; a linked cache elsewhere holds a copy, which takes writes once people end the link.
#   Many caches can simply be filled again: the policy judges only where cache_second_region_required says so. Premium caches only.
#   Microsoft publishes no recovery figures for it. Links are known to Azure only, so code gives unknown.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/azure-cache-for-redis/cache-how-to-geo-replication
#   - ref: https://learn.microsoft.com/azure/azure-cache-for-redis/cache-high-availability
# custom:
#   check: RED-GEO-001
#   severity: medium
#   resource: Microsoft.Cache/redis
#   reads:
#     - {path: children.linkedServers.*.properties.linkedRedisCacheLocation, type: string}
#     - {path: resource.properties.linkedServers, type: array}
#     - {path: resource.location, type: string}
#   parameters:
#     cache_second_region_required: {type: boolean, default: false, meaning: whether a cache must be linked to a cache in another region}
#   controls:
#     DORA-12-4: the linked cache is the spare capacity of the cache that does not share the fate of its region
#     DORA-11-5: shows whether a cache for which the impact analysis asks a second region has one that can take over
#     RTS-26-2: gives the plan for the loss of a site or region a cache to switch to
#     RTS-24-1-b-ii-2: objectives of minutes for the loss of a region can be met only from a copy of the cache that is already there
#     GDPR-32-1-c: access to personal data in the cache can come back while its first region is down
#   remediation:
#     az: |
#       az redis server-link create --resource-group RESOURCE_GROUP --name CACHE --server-to-link SECONDARY_ID --replication-role Secondary
#     terraform: |
#       resource "azurerm_redis_linked_server" "example" {
#         resource_group_name         = "RESOURCE_GROUP"
#         target_redis_cache_name     = azurerm_redis_cache.example.name
#         linked_redis_cache_id       = azurerm_redis_cache.secondary.id
#         linked_redis_cache_location = azurerm_redis_cache.secondary.location
#         server_role                 = "Secondary"
#       }
#     note: |
#       Both caches have to be Premium and of the same size. The secondary takes no writes until the link is removed.
package azure.redis.linked_cache_in_another_region

import data.lib.arm

_linked := count(input.resource.properties.linkedServers)

_elsewhere contains server.properties.linkedRedisCacheLocation if {
	some server in input.children.linkedServers
	arm.region(server.properties.linkedRedisCacheLocation) != arm.region(input.resource.location)
}

not_applicable contains "a cache in another region is not required" if data.parameters.cache_second_region_required == false

_alone if _linked == 0

_alone if count(_elsewhere) == 0

deny contains finding if {
	_alone
	finding := {
		"message": sprintf("single region: the cache in %s has %d linked caches, none in another region", [input.resource.location, _linked]),
		"path": "children.linkedServers.*.properties.linkedRedisCacheLocation",
		"actual": _linked,
		"expected": "a linked cache in another region",
	}
}
