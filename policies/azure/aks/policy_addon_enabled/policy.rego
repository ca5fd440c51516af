# METADATA
# title: Azure Policy sees into the cluster
# description: |
#   Without the add-on, rules of Azure Policy end at the edge of the cluster: privileged containers, host paths and unknown registries are
#   neither refused nor reported. Which rules are assigned does not show here.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/use-azure-policy
# custom:
#   check: AKS-EVD-001
#   severity: medium
#   resource: Microsoft.ContainerService/managedClusters
#   reads:
#     - path: resource.properties.addonProfiles.azurepolicy.enabled
#       type: boolean
#       absent: "false: the add-on is not installed"
#   controls:
#     RTS-11-2-b: a baseline for workloads can be verified, and enforced, inside the cluster
#     DORA-9-1: configuration inside the cluster is watched continuously
#     RTS-17-1-a: a workload is held against the rules when it is admitted
#   remediation:
#     az: az aks enable-addons --resource-group RESOURCE_GROUP --name CLUSTER --addons azure-policy
#     terraform: |
#       resource "azurerm_kubernetes_cluster" "example" {
#         # ...
#         azure_policy_enabled = true
#       }
#     bicep: "properties: { addonProfiles: { azurepolicy: { enabled: true } } }"
package azure.aks.policy_addon_enabled

default _azurepolicy := false

_azurepolicy := input.resource.properties.addonProfiles.azurepolicy.enabled

deny contains finding if {
	_azurepolicy == false
	finding := {
		"message": "Azure Policy does not see into the cluster",
		"path": "resource.properties.addonProfiles.azurepolicy.enabled",
		"actual": _azurepolicy,
		"expected": true,
	}
}
