# METADATA
# title: Secrets in etcd are encrypted with a key that the firm controls
# description: |
#   Secrets of Kubernetes lie in etcd, which Azure encrypts with a key of its own. With KMS they are encrypted once more with a key in the
#   firm's vault, which the firm can rotate and withdraw. Existing secrets must be written again to be covered.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/use-kms-etcd-encryption
# custom:
#   check: AKS-CMK-001
#   severity: medium
#   resource: Microsoft.ContainerService/managedClusters
#   reads:
#     - path: resource.properties.securityProfile.azureKeyVaultKms.enabled
#       type: boolean
#       absent: "false: etcd is encrypted with a key that Azure manages"
#   parameters:
#     customer_managed_key_required: {type: boolean, default: true, meaning: whether data must be encrypted with a key that the firm controls}
#   controls:
#     DORA-9-4-d: shows, for the classes that require it, that secrets of workloads are encrypted by classification and under the firm's own key
#     RTS-6-2-a: shows which key encrypts secrets of workloads at rest, so that it can be compared with the encryption rule
#     RTS-6-2-d: rules on the use and life of keys can only be carried out for the cluster on a key that the firm holds
#     RTS-7-2: the firm decides who may use the key of the cluster, and can withdraw it without touching the data
#     GDPR-32-1-a: adds control over the key to the encryption of personal data among secrets of workloads
#   remediation:
#     az: az aks update --resource-group RESOURCE_GROUP --name CLUSTER --enable-azure-keyvault-kms --azure-keyvault-kms-key-id KEY_ID --azure-keyvault-kms-key-vault-network-access Public
#     terraform: |
#       resource "azurerm_kubernetes_cluster" "example" {
#         # ...
#         key_management_service {
#           key_vault_key_id = azurerm_key_vault_key.example.id
#         }
#       }
#     bicep: "properties: { securityProfile: { azureKeyVaultKms: { enabled: true, keyId: key.properties.keyUriWithVersion } } }"
package azure.aks.secrets_customer_managed_key

default _azure_key_vault_kms := false

_azure_key_vault_kms := input.resource.properties.securityProfile.azureKeyVaultKms.enabled

not_applicable contains "no customer-managed key is required for this data" if data.parameters.customer_managed_key_required == false

deny contains finding if {
	_azure_key_vault_kms == false
	finding := {
		"message": "secrets in etcd are encrypted with a key that Azure manages",
		"path": "resource.properties.securityProfile.azureKeyVaultKms.enabled",
		"actual": _azure_key_vault_kms,
		"expected": true,
	}
}
