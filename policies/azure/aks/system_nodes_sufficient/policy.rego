# METADATA
# title: The cluster has system nodes enough to lose one
# description: |
#   System pools run what the cluster itself needs, its DNS among it. With one or two nodes, an update and a failure at the same time stop
#   all workloads. Pools that scale count with their smallest number. Automatic clusters manage their system nodes themselves.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/use-system-pools
# custom:
#   check: AKS-ZR-003
#   severity: medium
#   resource: Microsoft.ContainerService/managedClusters
#   reads:
#     - {path: resource.properties.agentPoolProfiles, type: array}
#   parameters:
#     system_nodes_min: {type: integer, default: 3, min: 1, max: 100, meaning: fewest nodes of the system pools of a cluster}
#   controls:
#     DORA-12-4: a further system node is capacity in reserve for the cluster
#     DORA-11-5: shows whether the cluster was built with the redundancy that the impact analysis asks for
#     GDPR-32-1-b: one failure does not end the availability of processing on the cluster
#     DORA-10-1: points at system services that hang on one node
#   remediation:
#     az: az aks nodepool scale --resource-group RESOURCE_GROUP --cluster-name CLUSTER --name POOL --node-count 3
#     terraform: |
#       resource "azurerm_kubernetes_cluster" "example" {
#         # ...
#         default_node_pool {
#           node_count = 3
#         }
#       }
#     bicep: "properties: { agentPoolProfiles: [{ mode: 'System', count: 3 }] }"
package azure.aks.system_nodes_sufficient

import data.lib.pools

_pools := input.resource.properties.agentPoolProfiles

_system(pool) if lower(pool.mode) == "system"

# _floor(pool): the nodes that the pool has at least.
_floor(pool) := pool.minCount if pools.flag(pool, "enableAutoScaling") == true

_floor(pool) := pool.count if pools.flag(pool, "enableAutoScaling") == false

_countable(pool) if is_number(_floor(pool))

_has_mode(pool) if is_string(pool.mode)

_nodes := sum([_floor(pool) | some pool in _pools; _system(pool)])

_unclear contains pools.name(pool) if {
	some pool in _pools
	_system(pool)
	not _countable(pool)
}

_unclear contains pools.name(pool) if {
	some pool in _pools
	not _has_mode(pool)
}

deny contains finding if {
	count(_pools) > 0
	count(_unclear) == 0
	_nodes < data.parameters.system_nodes_min
	finding := {
		"message": sprintf("the system pools have %d nodes", [_nodes]),
		"path": "resource.properties.agentPoolProfiles",
		"actual": _nodes,
		"expected": data.parameters.system_nodes_min,
	}
}

unknown contains sprintf("the mode or the number of nodes of the pool %s cannot be read", [name]) if some name in _unclear

unknown contains "the cluster names no node pool" if count(_pools) == 0
