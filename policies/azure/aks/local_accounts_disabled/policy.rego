# METADATA
# title: The cluster has no local accounts
# description: |
#   Local accounts are certificates with full rights over the cluster. They know no person and no second factor, stay valid when people
#   leave, and anybody allowed to list the credentials of the cluster can fetch them. Entra authentication must be on first.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/manage-local-accounts-managed-azure-ad
# custom:
#   check: AKS-AUTH-001
#   severity: high
#   resource: Microsoft.ContainerService/managedClusters
#   reads:
#     - path: resource.properties.disableLocalAccounts
#       type: boolean
#       absent: "false: a cluster has local accounts until told otherwise"
#   controls:
#     DORA-9-4-c: closes the door that central administration of rights does not see, a certificate that people pass around
#     DORA-9-4-d: a certificate that people pass around is no strong authentication, and with this setting it no longer opens the cluster
#     RTS-20-1: nobody can use the cluster as somebody that the directory does not know
#     RTS-21-c: ends shared access to the cluster, whose use cannot be traced to a person
#     RTS-21-f-ii: leaves no way around the strong authentication that the directory asks for
#     GDPR-32-1-b: a leaked secret no longer opens the cluster and the personal data in it
#   remediation:
#     az: az aks update --resource-group RESOURCE_GROUP --name CLUSTER --disable-local-accounts
#     terraform: |
#       resource "azurerm_kubernetes_cluster" "example" {
#         # ...
#         local_account_disabled = true
#       }
#     bicep: "properties: { disableLocalAccounts: true }"
#     note: "Certificates that were fetched earlier stay valid until they are rotated: az aks rotate-certs."
package azure.aks.local_accounts_disabled

default _disable_local_accounts := false

_disable_local_accounts := input.resource.properties.disableLocalAccounts

deny contains finding if {
	_disable_local_accounts == false
	finding := {
		"message": "local accounts give full rights over the cluster",
		"path": "resource.properties.disableLocalAccounts",
		"actual": _disable_local_accounts,
		"expected": true,
	}
}
