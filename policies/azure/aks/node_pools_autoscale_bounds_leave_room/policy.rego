# METADATA
# title: The autoscaler of every node pool has a floor and room above it
# description: |
#   A floor of one node lets a quiet night end with a single point of failure. A ceiling at the floor lets nothing be added when the load
#   rises or a zone is lost. Pools of a fixed size are left out; see node_pools_autoscaled. The quota of the subscription may be lower than
#   the ceiling; that does not show here.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/cluster-autoscaler
# custom:
#   check: AKS-SCL-002
#   severity: medium
#   resource: Microsoft.ContainerService/managedClusters
#   reads:
#     - {path: resource.properties.agentPoolProfiles, type: array}
#   parameters:
#     autoscale_instances_min: {type: integer, default: 2, min: 1, max: 1000, meaning: fewest instances to which compute may shrink by itself}
#     autoscale_headroom_min: {type: integer, default: 1, min: 1, max: 1000, meaning: fewest instances or units that scaling may add to its least number}
#   controls:
#     DORA-7-c: compares the room for peak volumes with the room that the firm asks for
#     DORA-12-4: the floor keeps a node in reserve when the load is low
#     RTS-9-1-c: shows whether the autoscaler has room to act before capacity runs short
#   remediation:
#     az: az aks nodepool update --resource-group RESOURCE_GROUP --cluster-name CLUSTER --name POOL --update-cluster-autoscaler --min-count 3 --max-count 9
#     terraform: |
#       resource "azurerm_kubernetes_cluster" "example" {
#         # ...
#         default_node_pool {
#           auto_scaling_enabled = true
#           min_count            = 3
#           max_count            = 9
#         }
#       }
#     bicep: "properties: { agentPoolProfiles: [{ enableAutoScaling: true, minCount: 3, maxCount: 9 }] }"
package azure.aks.node_pools_autoscale_bounds_leave_room

import data.lib.pools

_scaled := [pool |
	some pool in input.resource.properties.agentPoolProfiles
	pools.flag(pool, "enableAutoScaling") == true
]

_unclear contains pools.name(pool) if {
	some pool in input.resource.properties.agentPoolProfiles
	not pools.is_flag(pool, "enableAutoScaling")
}

_unclear contains pools.name(pool) if {
	some pool in _scaled
	not _bounded(pool)
}

_bounded(pool) if {
	is_number(pool.minCount)
	is_number(pool.maxCount)
}

not_applicable contains "no node pool is scaled by the autoscaler" if {
	count(_scaled) == 0
	count(_unclear) == 0
}

deny contains finding if {
	some pool in _scaled
	_bounded(pool)
	pool.minCount < data.parameters.autoscale_instances_min
	finding := {
		"message": sprintf("the node pool %s may shrink to %d nodes", [pools.name(pool), pool.minCount]),
		"path": "resource.properties.agentPoolProfiles",
		"actual": pool.minCount,
		"expected": data.parameters.autoscale_instances_min,
	}
}

deny contains finding if {
	some pool in _scaled
	_bounded(pool)
	room := pool.maxCount - pool.minCount
	room < data.parameters.autoscale_headroom_min
	finding := {
		"message": sprintf("the node pool %s may grow by %d nodes", [pools.name(pool), room]),
		"path": "resource.properties.agentPoolProfiles",
		"actual": room,
		"expected": data.parameters.autoscale_headroom_min,
	}
}

unknown contains sprintf("the bounds of the node pool %s cannot be read", [name]) if some name in _unclear
