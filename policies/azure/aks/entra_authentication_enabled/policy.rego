# METADATA
# title: Sign-in to the cluster goes through Entra
# description: |
#   Without it the cluster knows only its own certificates and tokens: no second factor, no conditional access, no leaver process. Only
#   the integration that AKS manages counts, since the older one with applications of your own is retired. It cannot be switched off
#   again.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/enable-authentication-microsoft-entra-id
# custom:
#   check: AKS-AUTH-002
#   severity: high
#   resource: Microsoft.ContainerService/managedClusters
#   reads:
#     - path: resource.properties.aadProfile.managed
#       type: boolean
#       absent: "false: a cluster without aadProfile is not integrated"
#   controls:
#     DORA-9-4-c: access to the cluster is given and taken in the directory
#     DORA-9-4-d: the strong authentication of the directory also guards the Kubernetes API
#     RTS-20-1: people and systems are identified by the directory before the API answers
#     RTS-21-c: commands can be traced to a person instead of to a certificate
#     RTS-21-f-ii: privileged access to the cluster meets the sign-in rules for privileged access
#     GDPR-32-1-b: people who left lose the way to data in the cluster with their account
#   remediation:
#     az: az aks update --resource-group RESOURCE_GROUP --name CLUSTER --enable-aad --aad-admin-group-object-ids GROUP_ID
#     terraform: |
#       resource "azurerm_kubernetes_cluster" "example" {
#         # ...
#         azure_active_directory_role_based_access_control {
#           admin_group_object_ids = ["GROUP_ID"]
#         }
#       }
#     bicep: "properties: { aadProfile: { managed: true, adminGroupObjectIDs: ['GROUP_ID'] } }"
package azure.aks.entra_authentication_enabled

default _managed := false

_managed := input.resource.properties.aadProfile.managed

deny contains finding if {
	_managed == false
	finding := {
		"message": "the cluster is not integrated with Microsoft Entra",
		"path": "resource.properties.aadProfile.managed",
		"actual": _managed,
		"expected": true,
	}
}
