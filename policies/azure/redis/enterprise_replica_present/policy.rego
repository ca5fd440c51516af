# METADATA
# title: Managed Redis keeps a replica of its data
# description: |
#   Without high availability, each update or failure of a node empties part of the data and stops what depends on it, and Microsoft
#   promises no availability. With it, replicas take over, in other zones where the region has them. A template that does not say it gives
#   no verdict.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/redis/high-availability
# custom:
#   check: RED-ZR-003
#   severity: medium
#   resource: Microsoft.Cache/redisEnterprise
#   reads:
#     - {path: resource.properties.highAvailability, type: string}
#   parameters:
#     cache_replica_required: {type: boolean, default: true, meaning: whether a cache must have a replica that takes over}
#   controls:
#     DORA-12-4: the replicas are the spare capacity that takes over when a node is lost
#     DORA-11-5: shows whether a cluster for which the impact analysis asks redundancy has it
#     DORA-9-2: keeps the cluster available through updates and the failure of a node
#     GDPR-32-1-b: adds resilience to the processing that depends on the cluster
#   fix: {path: resource.properties.highAvailability, value: Enabled}
#   remediation:
#     terraform: |
#       resource "azurerm_managed_redis" "example" {
#         # ...
#         high_availability_enabled = true
#       }
#     bicep: |
#       resource cluster 'Microsoft.Cache/redisEnterprise@2025-07-01' = {
#         // ...
#         properties: {
#           highAvailability: 'Enabled'
#         }
#       }
#     note: |
#       Once it is on it cannot be switched off again, and it roughly doubles the cost.
package azure.redis.enterprise_replica_present

import data.lib.arm

_replica := input.resource.properties.highAvailability

not_applicable contains "a replica is not required of this cache" if data.parameters.cache_replica_required == false

deny contains finding if {
	arm.same(_replica, "Disabled")
	finding := {
		"message": "the data of the cluster has no replica",
		"path": "resource.properties.highAvailability",
		"actual": _replica,
		"expected": "Enabled",
	}
}

unknown contains sprintf("highAvailability is %q, which this policy does not know", [_replica]) if {
	not arm.one_of(_replica, ["Enabled", "Disabled"])
}
