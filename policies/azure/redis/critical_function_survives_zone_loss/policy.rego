# METADATA
# title: A Redis cache of a critical function stands in several zones
# description: |
#   Judges caches whose declared criticality marks a critical or important function. A single node, or nodes in one zone, fall together
#   and take the function along. Microsoft publishes no recovery figures for caches, so the declared times are not compared. A cache
#   without a declared criticality gives unknown (recovery_objectives_declared says so).
# related_resources:
#   - ref: https://learn.microsoft.com/azure/reliability/reliability-cache-redis
# custom:
#   check: HAO-SPOF-001
#   severity: high
#   resource: Microsoft.Cache/redis
#   reads:
#     - path: resource.zones
#       type: array
#       absent: "none: no zone was named for the cache"
#     - path: resource.properties.zonalAllocationPolicy
#       type: string
#       absent: "not said: older API versions do not know the property"
#     - {path: resource.properties.sku.name, type: string}
#     - context.criticality
#   parameters:
#     critical_function_criticalities: {type: list, default: [critical], pattern: "^\\S.*$", meaning: values of criticality that mark what carries a critical or important function}
#   controls:
#     DORA-10-1: names a cache of a critical function that is a single point of failure
#     DORA-11-5: a cache on which a critical function hangs is a critical component, which has to be redundant
#     DORA-12-4: shows whether the cache has capacity left when one zone is gone
#   remediation:
#     az: az redis update --resource-group RESOURCE_GROUP --name CACHE --set zonalAllocationPolicy=Automatic
#     terraform: |
#       resource "azurerm_redis_cache" "example" {
#         # ...
#         sku_name = "Premium"
#         zones    = ["1", "2", "3"] # changing it replaces the cache
#       }
#     bicep: |
#       resource cache 'Microsoft.Cache/redis@2024-11-01' = {
#         // ...
#         properties: {
#           zonalAllocationPolicy: 'Automatic'
#         }
#       }
package azure.redis.critical_function_survives_zone_loss

import data.lib.arm

default _zones := set()

_zones := {zone | some zone in input.resource.zones}

default _policy := ""

_policy := input.resource.properties.zonalAllocationPolicy

_sku := input.resource.properties.sku.name

not_applicable contains sprintf("the criticality %s marks no critical function", [input.context.criticality]) if {
	not arm.one_of(input.context.criticality, data.parameters.critical_function_criticalities)
}

_critical if arm.one_of(input.context.criticality, data.parameters.critical_function_criticalities)

deny contains finding if {
	_critical
	arm.same(_sku, "Basic")
	finding := {
		"message": "single zone: a Basic cache is a single node, and a critical function hangs on it",
		"path": "resource.properties.sku.name",
		"actual": _sku,
		"expected": ["Standard", "Premium"],
	}
}

deny contains finding if {
	_critical
	arm.same(_policy, "NoZones")
	finding := {
		"message": "single zone: the cache uses no zones, and a critical function hangs on it",
		"path": "resource.properties.zonalAllocationPolicy",
		"actual": _policy,
		"expected": "Automatic",
	}
}

deny contains finding if {
	_critical
	arm.one_of(_policy, ["UserDefined", ""])
	count(_zones) == 1
	finding := {
		"message": sprintf("single zone: all nodes stand in zone %s, and a critical function hangs on them", [concat(", ", _zones)]),
		"path": "resource.zones",
		"actual": sort(_zones),
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

unknown contains sprintf("sku.name is %q, which this policy does not know", [_sku]) if not arm.one_of(_sku, ["Basic", "Standard", "Premium"])
