# METADATA
# title: The nodes of the cluster follow its load
# description: |
#   Pools of a fixed size leave workloads waiting when the load rises, and when a zone is lost nobody replaces its nodes. Either the
#   autoscaler scales each pool, or Azure makes the nodes of the cluster itself (node autoprovisioning).
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/cluster-autoscaler-overview
# custom:
#   check: AKS-SCL-001
#   severity: medium
#   resource: Microsoft.ContainerService/managedClusters
#   reads:
#     - {path: resource.properties.agentPoolProfiles, type: array}
#     - path: resource.properties.nodeProvisioningProfile.mode
#       type: string
#       absent: "Manual: node pools are made by hand until told otherwise"
#   parameters:
#     autoscaling_required: {type: boolean, default: true, meaning: whether compute must follow its load by itself}
#   controls:
#     DORA-7-c: nodes follow the load, so that there are enough of them at peak volumes
#     DORA-12-4: nodes are added in place of those that are lost, in the zones of the pool that are left
#     RTS-9-1-c: the autoscaler acts when workloads wait for room
#   remediation:
#     az: az aks nodepool update --resource-group RESOURCE_GROUP --cluster-name CLUSTER --name POOL --enable-cluster-autoscaler --min-count 3 --max-count 9
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
package azure.aks.node_pools_autoscaled

import data.lib.arm
import data.lib.pools

default _provisioning := "Manual"

_provisioning := input.resource.properties.nodeProvisioningProfile.mode

_pools := input.resource.properties.agentPoolProfiles

not_applicable contains "no autoscaling is required" if data.parameters.autoscaling_required == false

deny contains finding if {
	arm.same(_provisioning, "Manual")
	some pool in _pools
	pools.flag(pool, "enableAutoScaling") == false
	finding := {
		"message": sprintf("the node pool %s has a fixed size", [pools.name(pool)]),
		"path": "resource.properties.agentPoolProfiles",
		"actual": false,
		"expected": true,
	}
}

unknown contains sprintf("whether the node pool %s is scaled cannot be read", [pools.name(pool)]) if {
	some pool in _pools
	not pools.is_flag(pool, "enableAutoScaling")
}

unknown contains sprintf("nodeProvisioningProfile.mode is %q, which this policy does not know", [_provisioning]) if {
	not arm.one_of(_provisioning, ["Manual", "Auto"])
}

unknown contains "the cluster names no node pool" if count(_pools) == 0
