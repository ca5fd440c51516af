# METADATA
# title: The Redis cache has a replica
# description: |
#   A Basic cache is a single node: each update or failure of its machine empties it and stops what depends on it, and Microsoft promises
#   no availability. Standard and Premium have a replica that takes over. A Basic cache can be scaled up in place, but not from Basic to
#   Premium in one step.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/azure-cache-for-redis/cache-overview
# custom:
#   check: RED-ZR-002
#   severity: medium
#   resource: Microsoft.Cache/redis
#   reads:
#     - {path: resource.properties.sku.name, type: string}
#   parameters:
#     cache_replica_required: {type: boolean, default: true, meaning: whether a cache must have a replica that takes over}
#   controls:
#     DORA-12-4: the replica is the spare capacity that takes over when a node is lost
#     DORA-11-5: shows whether a cache for which the impact analysis asks redundancy has a second node
#     DORA-9-2: keeps the cache available through updates and the failure of one machine
#     GDPR-32-1-b: adds resilience to the processing that depends on the cache
#   remediation:
#     az: az redis update --resource-group RESOURCE_GROUP --name CACHE --sku Standard --vm-size c1
#     terraform: |
#       resource "azurerm_redis_cache" "example" {
#         # ...
#         sku_name = "Standard"
#       }
#     bicep: |
#       resource cache 'Microsoft.Cache/redis@2024-11-01' = {
#         // ...
#         properties: {
#           sku: {
#             name: 'Standard'
#             family: 'C'
#             capacity: 1
#           }
#         }
#       }
#     portal: Cache > Settings > Scale
#     note: |
#       A Basic cache loses its content when it is scaled.
package azure.redis.replica_present

import data.lib.arm

_sku := input.resource.properties.sku.name

not_applicable contains "a replica is not required of this cache" if data.parameters.cache_replica_required == false

deny contains finding if {
	arm.same(_sku, "Basic")
	finding := {
		"message": sprintf("a %s cache has one node, no replica and no service level", [_sku]),
		"path": "resource.properties.sku.name",
		"actual": _sku,
		"expected": ["Standard", "Premium"],
	}
}

unknown contains sprintf("sku.name is %q, which this policy does not know", [_sku]) if {
	not arm.one_of(_sku, ["Standard", "Premium", "Basic"])
}
