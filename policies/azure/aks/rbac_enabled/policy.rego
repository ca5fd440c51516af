# METADATA
# title: Kubernetes checks the rights of those who call it
# description: |
#   Without Kubernetes RBAC everybody who can sign in may do everything in the cluster, pods included. The setting is fixed when the
#   cluster is created: a finding means a new cluster.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/concepts-identity
# custom:
#   check: AKS-AUTH-003
#   severity: critical
#   resource: Microsoft.ContainerService/managedClusters
#   reads:
#     - {path: resource.properties.enableRBAC, type: boolean}
#   controls:
#     DORA-9-4-c: rights in the cluster can be limited to what approved work needs
#     RTS-21-a: need to know and least privilege can only be granted where rights are checked
#     RTS-21-b: duties inside the cluster can be kept apart
#     GDPR-32-1-b: one workload or person cannot read the secrets and data of all others
#   remediation:
#     terraform: |
#       resource "azurerm_kubernetes_cluster" "example" {
#         # ...
#         role_based_access_control_enabled = true
#       }
#     bicep: "properties: { enableRBAC: true }"
#     note: Create a new cluster with RBAC and move the workloads.
package azure.aks.rbac_enabled

_enable_rbac := input.resource.properties.enableRBAC

deny contains finding if {
	_enable_rbac == false
	finding := {
		"message": "everybody who can sign in may do everything",
		"path": "resource.properties.enableRBAC",
		"actual": _enable_rbac,
		"expected": true,
	}
}
