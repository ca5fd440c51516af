# METADATA
# title: The cluster can separate workloads from each other
# description: |
#   Without a network policy engine every pod may talk to every other, whatever the policies in the cluster say: one that is taken over
#   reaches all. Which traffic is allowed is decided by policies inside the cluster and does not show here.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/use-network-policies
# custom:
#   check: AKS-NET-003
#   severity: medium
#   resource: Microsoft.ContainerService/managedClusters
#   reads:
#     - path: resource.properties.networkProfile.networkPolicy
#       type: string
#       absent: "none: a cluster that names no engine has none"
#   controls:
#     RTS-13-1-a: workloads of different class can be segmented inside one cluster
#     RTS-13-1-j: a pod that is taken over can be isolated by a policy
#     DORA-9-4-b: connections between workloads can be cut without changing the workloads
#     GDPR-32-1-b: a flaw in one workload does not open all others on the network
#   remediation:
#     az: az aks update --resource-group RESOURCE_GROUP --name CLUSTER --network-policy azure
#     terraform: |
#       resource "azurerm_kubernetes_cluster" "example" {
#         # ...
#         network_profile {
#           network_plugin = "azure"
#           network_policy = "azure"
#         }
#       }
#     bicep: "properties: { networkProfile: { networkPlugin: 'azure', networkPolicy: 'azure' } }"
#     note: Nodes are reimaged when the engine of a running cluster changes; for some changes the cluster must be created anew.
package azure.aks.network_policy_enforced

import data.lib.arm

default _network_policy := "none"

_network_policy := input.resource.properties.networkProfile.networkPolicy

deny contains finding if {
	arm.same(_network_policy, "none")
	finding := {
		"message": sprintf("networkPolicy is %s: every pod may talk to every other", [_network_policy]),
		"path": "resource.properties.networkProfile.networkPolicy",
		"actual": _network_policy,
		"expected": "azure",
	}
}

unknown contains sprintf("networkPolicy is %q, which this policy does not know", [_network_policy]) if {
	not arm.one_of(_network_policy, ["azure", "calico", "cilium", "none"])
}
