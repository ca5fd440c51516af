# METADATA
# title: Programs in the cluster can have identities of their own
# description: |
#   Without workload identity a pod that needs a database or vault carries a password or key, or borrows the identity of the node, which
#   every other pod on it can borrow too. Whether pods use it is not seen here.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/workload-identity-overview
# custom:
#   check: AKS-AUTH-005
#   severity: medium
#   resource: Microsoft.ContainerService/managedClusters
#   reads:
#     - path: resource.properties.securityProfile.workloadIdentity.enabled
#       type: boolean
#       absent: "off: pods have identities only where the cluster offers them"
#   controls:
#     RTS-20-1: a program in the cluster can prove who it is to the services it uses
#     RTS-21-a: rights can be given to one program and not to a node
#     RTS-21-c: what a program did can be traced to it
#     DORA-9-4-d: secrets that somebody has to keep can be done without
#   fix: {path: resource.properties.securityProfile.workloadIdentity.enabled, value: true}
#   remediation:
#     az: az aks update --resource-group RESOURCE_GROUP --name CLUSTER --enable-oidc-issuer --enable-workload-identity
#     terraform: |
#       resource "azurerm_kubernetes_cluster" "example" {
#         # ...
#         oidc_issuer_enabled       = true
#         workload_identity_enabled = true
#       }
#     bicep: |
#       resource cluster 'Microsoft.ContainerService/managedClusters@2025-10-01' = {
#         // ...
#         properties: {
#           oidcIssuerProfile: { enabled: true }
#           securityProfile: { workloadIdentity: { enabled: true } }
#         }
#       }
package azure.aks.workload_identity_enabled

default _identities := false

_identities := input.resource.properties.securityProfile.workloadIdentity.enabled

deny contains finding if {
	_identities == false
	finding := {
		"message": "programs in the cluster have no identities of their own",
		"path": "resource.properties.securityProfile.workloadIdentity.enabled",
		"actual": false,
		"expected": true,
	}
}
