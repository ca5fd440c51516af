# METADATA
# title: Workloads can take secrets from Key Vault
# description: |
#   Without the add-on, secrets of workloads tend to be copied into Kubernetes, where everybody with rights on the namespace reads them
#   and nobody rotates them. Workloads that reach the vault by themselves with an identity do without it.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/csi-secrets-store-driver
# custom:
#   check: AKS-CMK-004
#   severity: low
#   resource: Microsoft.ContainerService/managedClusters
#   reads:
#     - path: resource.properties.addonProfiles.azureKeyvaultSecretsProvider.enabled
#       type: boolean
#       absent: "false: the add-on is not installed"
#   controls:
#     RTS-6-2-d: keys and secrets of workloads can stay where their use and life are governed
#     RTS-7-2: secrets are protected by the rights of the vault and not by those of a namespace
#     DORA-9-4-d: keys that workloads use are kept in the vault that protects them
#   remediation:
#     az: az aks enable-addons --resource-group RESOURCE_GROUP --name CLUSTER --addons azure-keyvault-secrets-provider
#     terraform: |
#       resource "azurerm_kubernetes_cluster" "example" {
#         # ...
#         key_vault_secrets_provider {
#           secret_rotation_enabled = true
#         }
#       }
#     bicep: "properties: { addonProfiles: { azureKeyvaultSecretsProvider: { enabled: true, config: { enableSecretRotation: 'true' } } } }"
package azure.aks.secrets_provider_enabled

default _azure_keyvault_secrets_provider := false

_azure_keyvault_secrets_provider := input.resource.properties.addonProfiles.azureKeyvaultSecretsProvider.enabled

deny contains finding if {
	_azure_keyvault_secrets_provider == false
	finding := {
		"message": "the cluster has no connection to Key Vault for secrets",
		"path": "resource.properties.addonProfiles.azureKeyvaultSecretsProvider.enabled",
		"actual": _azure_keyvault_secrets_provider,
		"expected": true,
	}
}
