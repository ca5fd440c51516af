# METADATA
# title: The nodes of the Managed Redis cluster stand in different zones
# description: |
#   Azure spreads the nodes of a cluster over availability zones where the region has them. A cluster whose nodes share one zone, or that
#   has one node only, stops with it, and its data in memory is gone. Azure shows what was reached; code never does.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/redis/high-availability
# custom:
#   check: RED-ZR-004
#   severity: high
#   resource: Microsoft.Cache/redisEnterprise
#   reads:
#     - {path: resource.properties.redundancyMode, type: string}
#   controls:
#     DORA-11-5: the cluster, a component of the functions on it, is redundant over zones
#     DORA-12-4: capacity that stands ready exists in a second zone
#     DORA-9-2: availability is designed for the loss of a datacentre
#     RTS-26-2: the failure of a datacentre is provided for
#     GDPR-32-1-b: personal data stays available when a zone fails
#   remediation:
#     az: |
#       az resource show --ids CLUSTER_ID --query "{zones: zones, redundancy: properties.redundancyMode}"
#     terraform: |
#       resource "azurerm_managed_redis" "example" {
#         # ...
#         high_availability_enabled = true
#       }
#     bicep: |
#       resource cluster 'Microsoft.Cache/redisEnterprise@2025-07-01' = {
#         // ...
#         properties: { highAvailability: 'Enabled' }
#       }
#     note: Where high availability is on and zones are still not used, make the cluster anew in a region with zones.
package azure.managed_redis.nodes_span_zones

import data.lib.arm

_redundancy_mode := input.resource.properties.redundancyMode

deny contains finding if {
	arm.one_of(_redundancy_mode, ["LR", "None"])
	finding := {
		"message": sprintf("the nodes are not spread over zones: redundancy is %s", [_redundancy_mode]),
		"path": "resource.properties.redundancyMode",
		"actual": _redundancy_mode,
		"expected": "ZR",
	}
}

unknown contains sprintf("redundancyMode is %q, which this policy does not know", [_redundancy_mode]) if {
	not arm.one_of(_redundancy_mode, ["ZR", "LR", "None"])
}
