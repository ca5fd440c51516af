# METADATA
# title: The cluster has a managed identity
# description: |
#   A cluster without managed identity acts in Azure as a service principal, whose secret somebody must keep, renew and protect; when it
#   expires the cluster stops working.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/use-managed-identity
# custom:
#   check: AKS-AUTH-005
#   severity: medium
#   resource: Microsoft.ContainerService/managedClusters
#   reads:
#     - path: resource.identity.type
#       type: string
#       absent: "None: Azure leaves the identity out when there is none"
#   controls:
#     RTS-20-1: gives the cluster an identity of its own in the directory, with which it signs in to the resources that it manages
#     RTS-21-c: calls of the cluster to the resources that it manages can be traced to it instead of to a shared secret
#     DORA-9-4-d: the cluster can authenticate without a secret in its settings that somebody could copy
#   remediation:
#     az: az aks update --resource-group RESOURCE_GROUP --name CLUSTER --enable-managed-identity
#     terraform: |
#       resource "azurerm_kubernetes_cluster" "example" {
#         # ...
#         identity {
#           type = "SystemAssigned"
#         }
#       }
#     bicep: "identity: { type: 'SystemAssigned' }"
package azure.aks.managed_identity_used

import data.lib.arm

default _identity := "None"

_identity := input.resource.identity.type

deny contains finding if {
	arm.same(_identity, "None")
	finding := {
		"message": "the cluster has no managed identity",
		"path": "resource.identity.type",
		"actual": _identity,
		"expected": "SystemAssigned",
	}
}

unknown contains sprintf("identity.type is %q, which this policy does not know", [_identity]) if {
	not arm.one_of(replace(_identity, " ", ""), ["None", "SystemAssigned", "UserAssigned", "SystemAssigned,UserAssigned"])
}
