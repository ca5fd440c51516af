# METADATA
# title: Data Explorer is encrypted with a key that the firm controls
# description: |
#   Data is always encrypted, but with a key of Azure the firm can neither rotate nor withdraw it. Law asks for keys by classification and
#   risk, not for this mode as such: set customer_managed_key_required to false for classes that do not need it. It can be changed on a
#   running cluster.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/data-explorer/customer-managed-keys-portal
# custom:
#   check: ADX-CMK-003
#   severity: medium
#   resource: Microsoft.Kusto/clusters
#   reads:
#     - path: resource.properties.keyVaultProperties.keyName
#       type: string
#       absent: "none: Azure leaves the key out when it manages it"
#   parameters:
#     customer_managed_key_required: {type: boolean, default: true, meaning: whether data must be encrypted with a key that the firm controls}
#   controls:
#     DORA-9-4-d: shows, for the classes that require it, that tables of the cluster are encrypted by classification and under the firm's own key
#     RTS-6-2-a: shows which key encrypts tables of the cluster at rest, so that it can be compared with the encryption rule
#     RTS-6-2-d: rules on the use and life of keys can only be carried out for the cluster on a key that the firm holds
#     RTS-7-2: the firm decides who may use the key of the cluster, and can withdraw it without touching the data
#     GDPR-32-1-a: adds control over the key to the encryption of personal data among tables of the cluster
#   remediation:
#     az: az kusto cluster update --resource-group RESOURCE_GROUP --cluster-name CLUSTER --key-vault-properties key-name=KEY key-vault-uri=https://VAULT.vault.azure.net/
#     terraform: |
#       resource "azurerm_kusto_cluster_customer_managed_key" "example" {
#         cluster_id   = azurerm_kusto_cluster.example.id
#         key_vault_id = azurerm_key_vault.example.id
#         key_name     = azurerm_key_vault_key.example.name
#       }
#     bicep: "properties: { keyVaultProperties: { keyName: key.name, keyVaultUri: vault.properties.vaultUri } }"
package azure.data_explorer.customer_managed_key_used

default _key_name := ""

_key_name := input.resource.properties.keyVaultProperties.keyName

not_applicable contains "no customer-managed key is required for this data" if data.parameters.customer_managed_key_required == false

deny contains finding if {
	_key_name == ""
	finding := {
		"message": "the cluster is encrypted with a key that Azure manages",
		"path": "resource.properties.keyVaultProperties.keyName",
		"actual": _key_name,
		"expected": "a key of the firm",
	}
}
