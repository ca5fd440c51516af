# METADATA
# title: The autoscaler of the node pool has a floor and room above it
# description: |
#   A floor of one node lets a quiet night end with a single point of failure. A ceiling at the floor lets nothing be added when the load
#   rises or a zone is lost. A pool of a fixed size is left out; see node_pool_autoscaled. The quota of the subscription may be lower than
#   the ceiling; that does not show here.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/cluster-autoscaler
# custom:
#   check: AKS-SCL-002
#   severity: medium
#   resource: Microsoft.ContainerService/managedClusters/agentPools
#   reads:
#     - path: resource.properties.enableAutoScaling
#       type: boolean
#       absent: "false: a pool has a fixed size until told otherwise"
#     - {path: resource.properties.minCount, type: integer}
#     - {path: resource.properties.maxCount, type: integer}
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
#       resource "azurerm_kubernetes_cluster_node_pool" "example" {
#         # ...
#         auto_scaling_enabled = true
#         min_count            = 3
#         max_count            = 9
#       }
#     bicep: "properties: { enableAutoScaling: true, minCount: 3, maxCount: 9 }"
package azure.aks.node_pool_autoscale_bounds_leave_room

default _scaled := false

_scaled := input.resource.properties.enableAutoScaling

_room := input.resource.properties.maxCount - input.resource.properties.minCount

not_applicable contains "the node pool has a fixed size" if _scaled == false

deny contains finding if {
	input.resource.properties.minCount < data.parameters.autoscale_instances_min
	finding := {
		"message": sprintf("the node pool may shrink to %d nodes", [input.resource.properties.minCount]),
		"path": "resource.properties.minCount",
		"actual": input.resource.properties.minCount,
		"expected": data.parameters.autoscale_instances_min,
	}
}

deny contains finding if {
	_room < data.parameters.autoscale_headroom_min
	finding := {
		"message": sprintf("the node pool may grow by %d nodes", [_room]),
		"path": "resource.properties.maxCount",
		"actual": _room,
		"expected": data.parameters.autoscale_headroom_min,
	}
}
