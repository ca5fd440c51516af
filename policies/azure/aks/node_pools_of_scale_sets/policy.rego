# METADATA
# title: Node pools of the cluster can span zones and scale
# description: |
#   Pools of the kind AvailabilitySet can neither span zones nor scale, and a cluster with one can have no second pool. AKS retired them
#   in 2025. The kind is fixed: a finding means a new cluster.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/availability-sets-on-aks
# custom:
#   check: AKS-ZR-004
#   severity: low
#   resource: Microsoft.ContainerService/managedClusters
#   reads:
#     - {path: resource.properties.agentPoolProfiles, type: array}
#   controls:
#     DORA-12-4: only the other kinds can hold nodes in reserve in several zones
#     DORA-7-intro: finds a kind of pool that AKS retired
#     DORA-7-c: capacity can follow the load
#   remediation:
#     az: az aks create --resource-group RESOURCE_GROUP --name NEW_CLUSTER --vm-set-type VirtualMachineScaleSets
#     terraform: |
#       resource "azurerm_kubernetes_cluster" "example" {
#         # ...
#         default_node_pool {
#           type = "VirtualMachineScaleSets"
#         }
#       }
#     bicep: "properties: { agentPoolProfiles: [{ type: 'VirtualMachineScaleSets' }] }"
package azure.aks.node_pools_of_scale_sets

import data.lib.arm
import data.lib.pools

_pools := input.resource.properties.agentPoolProfiles

_kind(pool) := object.get(pool, "type", "VirtualMachineScaleSets")

deny contains finding if {
	some pool in _pools
	arm.same(_kind(pool), "AvailabilitySet")
	finding := {
		"message": sprintf("the node pool %s is an availability set", [pools.name(pool)]),
		"path": "resource.properties.agentPoolProfiles",
		"actual": pool.type,
		"expected": "VirtualMachineScaleSets",
	}
}

unknown contains sprintf("the node pool %s is of a kind that this policy does not know", [pools.name(pool)]) if {
	some pool in _pools
	not arm.one_of(_kind(pool), ["VirtualMachineScaleSets", "VirtualMachines", "AvailabilitySet"])
}

unknown contains "the cluster names no node pool" if count(_pools) == 0
