# METADATA
# title: Rights in the cluster are given in Azure
# description: |
#   With Azure RBAC, rights inside Kubernetes are Azure role assignments: they show up in access reviews, can be made time-bound and end
#   with the account. Without it they live in bindings inside each cluster, where nobody outside sees them. It needs Entra authentication.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/manage-azure-rbac
# custom:
#   check: AKS-AUTH-004
#   severity: medium
#   resource: Microsoft.ContainerService/managedClusters
#   reads:
#     - path: resource.properties.aadProfile.enableAzureRBAC
#       type: boolean
#       absent: "false: rights live in the cluster until told otherwise"
#   controls:
#     DORA-9-4-c: rights in the cluster are administered where all other rights are
#     RTS-20-2-b: the life of an account also ends its rights in the cluster
#     RTS-21-e-ii: privileged rights in the cluster can be granted for a time and a reason
#     RTS-21-e-iv: rights in the cluster become part of the regular review of rights
#   remediation:
#     az: az aks update --resource-group RESOURCE_GROUP --name CLUSTER --enable-azure-rbac
#     terraform: |
#       resource "azurerm_kubernetes_cluster" "example" {
#         # ...
#         azure_active_directory_role_based_access_control {
#           azure_rbac_enabled = true
#         }
#       }
#     bicep: "properties: { aadProfile: { managed: true, enableAzureRBAC: true } }"
package azure.aks.azure_rbac_enabled

default _enable_azure_rbac := false

_enable_azure_rbac := input.resource.properties.aadProfile.enableAzureRBAC

deny contains finding if {
	_enable_azure_rbac == false
	finding := {
		"message": "rights in the cluster are not Azure role assignments",
		"path": "resource.properties.aadProfile.enableAzureRBAC",
		"actual": _enable_azure_rbac,
		"expected": true,
	}
}
