# METADATA
# title: The cluster reaches the vault of its secrets over a private network
# description: |
#   With a key of the firm over the secrets in etcd, the control plane asks the vault at every start. Over its public address the vault has
#   to stay open to the internet, or to trusted services, for the cluster to work.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/use-kms-etcd-encryption
# custom:
#   check: AKS-CMK-004
#   severity: low
#   resource: Microsoft.ContainerService/managedClusters
#   reads:
#     - path: resource.properties.securityProfile.azureKeyVaultKms.enabled
#       type: boolean
#       absent: "off: secrets are not under a key of the firm"
#     - path: resource.properties.securityProfile.azureKeyVaultKms.keyVaultNetworkAccess
#       type: string
#       absent: "Public: what Azure takes when no way is named"
#   controls:
#     RTS-7-2: the vault of the key does not have to be open to the internet for this cluster
#     RTS-13-1-g: traffic to the vault stays on private networks
#     DORA-9-4-b: the way to the vault can be cut by the firm
#   remediation:
#     az: az aks update --resource-group RESOURCE_GROUP --name CLUSTER --enable-azure-keyvault-kms --azure-keyvault-kms-key-id KEY_ID --azure-keyvault-kms-key-vault-network-access Private --azure-keyvault-kms-key-vault-resource-id VAULT_ID
#     terraform: |
#       resource "azurerm_kubernetes_cluster" "example" {
#         # ...
#         key_management_service {
#           key_vault_key_id         = azurerm_key_vault_key.example.id
#           key_vault_network_access = "Private"
#         }
#       }
#     bicep: |
#       resource cluster 'Microsoft.ContainerService/managedClusters@2025-10-01' = {
#         // ...
#         properties: {
#           securityProfile: { azureKeyVaultKms: { enabled: true, keyId: keyId, keyVaultNetworkAccess: 'Private', keyVaultResourceId: vault.id } }
#         }
#       }
package azure.aks.secrets_key_vault_private

import data.lib.arm

default _used := false

_used := input.resource.properties.securityProfile.azureKeyVaultKms.enabled

default _access := "Public"

_access := input.resource.properties.securityProfile.azureKeyVaultKms.keyVaultNetworkAccess

not_applicable contains "secrets are not under a key of the firm" if _used == false

deny contains finding if {
	arm.same(_access, "Public")
	finding := {
		"message": "the vault is reached over its public address",
		"path": "resource.properties.securityProfile.azureKeyVaultKms.keyVaultNetworkAccess",
		"actual": _access,
		"expected": "Private",
	}
}

unknown contains sprintf("keyVaultNetworkAccess is %q, which this policy does not know", [_access]) if not arm.one_of(_access, ["Public", "Private"])
