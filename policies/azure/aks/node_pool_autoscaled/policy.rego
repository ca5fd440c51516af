# METADATA
# title: The nodes of the pool follow its load
# description: |
#   A pool of a fixed size leaves workloads waiting when the load rises, and when a zone is lost nobody replaces its nodes. Either the
#   autoscaler scales the pool, or Azure makes the nodes of its cluster itself (node autoprovisioning).
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/cluster-autoscaler-overview
# custom:
#   check: AKS-SCL-001
#   severity: medium
#   resource: Microsoft.ContainerService/managedClusters/agentPools
#   reads:
#     - path: resource.properties.enableAutoScaling
#       type: boolean
#       absent: "false: a pool has a fixed size until told otherwise"
#     - path: related.parent.properties.nodeProvisioningProfile.mode
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
#       resource "azurerm_kubernetes_cluster_node_pool" "example" {
#         # ...
#         auto_scaling_enabled = true
#         min_count            = 3
#         max_count            = 9
#       }
#     bicep: "properties: { enableAutoScaling: true, minCount: 3, maxCount: 9 }"
package azure.aks.node_pool_autoscaled

import data.lib.arm

default _scaled := false

_scaled := input.resource.properties.enableAutoScaling

default _provisioning := "Manual"

_provisioning := input.related.parent.properties.nodeProvisioningProfile.mode

not_applicable contains "no autoscaling is required" if data.parameters.autoscaling_required == false

deny contains finding if {
	_scaled == false
	arm.same(_provisioning, "Manual")
	finding := {
		"message": "the node pool has a fixed size",
		"path": "resource.properties.enableAutoScaling",
		"actual": _scaled,
		"expected": true,
	}
}

unknown contains sprintf("nodeProvisioningProfile.mode is %q, which this policy does not know", [_provisioning]) if {
	not arm.one_of(_provisioning, ["Manual", "Auto"])
}
