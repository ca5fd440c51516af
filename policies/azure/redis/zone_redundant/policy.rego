# METADATA
# title: The Redis cache survives the loss of a zone
# description: |
#   When all nodes stand in one zone, its failure empties the cache and stops what depends on it. With the policy Automatic, Azure spreads
#   the nodes by itself; otherwise two zones or more have to be named. A cache for which neither is said gets what the region and the API
#   version give, so code alone does not tell. Basic caches have one node and are left to replica_present.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/reliability/reliability-cache-redis
# custom:
#   check: RED-ZR-001
#   severity: medium
#   resource: Microsoft.Cache/redis
#   reads:
#     - path: resource.zones
#       type: array
#       absent: "none: no zone was named for the cache"
#     - path: resource.properties.zonalAllocationPolicy
#       type: string
#       absent: "not said: older API versions do not know the property"
#     - {path: resource.properties.sku.name, type: string}
#   parameters:
#     zone_redundancy_required: {type: boolean, default: true, meaning: whether the database must survive the loss of an availability zone}
#   controls:
#     DORA-12-4: copies of the cache in other zones are the spare capacity that takes over when a zone is lost
#     DORA-11-5: shows whether a cache for which the impact analysis asks redundancy was built with it
#     DORA-9-2: keeps the cache available through the failure of one data centre
#     RTS-26-1-c: lets the recovery plan count on the cache without a restore when a zone is lost
#     GDPR-32-1-b: adds resilience to the processing of the personal data in the cache
#   fix: {path: resource.properties.zonalAllocationPolicy, value: Automatic}
#   remediation:
#     az: az redis update --resource-group RESOURCE_GROUP --name CACHE --set zonalAllocationPolicy=Automatic
#     terraform: |
#       resource "azurerm_redis_cache" "example" {
#         # ...
#         zones = ["1", "2", "3"] # changing it replaces the cache
#       }
#     bicep: |
#       resource cache 'Microsoft.Cache/redis@2024-11-01' = {
#         // ...
#         properties: {
#           zonalAllocationPolicy: 'Automatic'
#         }
#       }
#     portal: Cache > Settings > Advanced settings > Allocate zones automatically > Save
#     note: |
#       It cannot be switched off again.
package azure.redis.zone_redundant

import data.lib.arm

default _zones := set()

_zones := {zone | some zone in input.resource.zones}

default _policy := ""

_policy := input.resource.properties.zonalAllocationPolicy

not_applicable contains "zone redundancy is not required of this cache" if data.parameters.zone_redundancy_required == false

not_applicable contains "a Basic cache has one node only, which is replica_present's finding" if {
	arm.same(input.resource.properties.sku.name, "Basic")
}

deny contains finding if {
	arm.same(_policy, "NoZones")
	finding := {
		"message": "the cache uses no zones",
		"path": "resource.properties.zonalAllocationPolicy",
		"actual": _policy,
		"expected": "Automatic",
	}
}

deny contains finding if {
	arm.one_of(_policy, ["UserDefined", ""])
	count(_zones) == 1
	finding := {
		"message": sprintf("all nodes of the cache stand in zone %s", [concat(", ", _zones)]),
		"path": "resource.zones",
		"actual": _zones,
		"expected": "two zones or more",
	}
}

unknown contains "the cache names neither zones nor a policy for them, so the region and the API version decide" if {
	arm.one_of(_policy, ["UserDefined", ""])
	count(_zones) == 0
}

unknown contains sprintf("zonalAllocationPolicy is %q, which this policy does not know", [_policy]) if {
	not arm.one_of(_policy, ["Automatic", "UserDefined", "NoZones", ""])
}
