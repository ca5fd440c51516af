# METADATA
# title: The cluster of workspaces is encrypted with a key that the firm controls
# description: |
#   A dedicated cluster without a key of the firm is encrypted with a key that Azure manages, and so are the logs of all workspaces that are
#   linked to it. Without the key nobody reads the logs: guard it against deletion.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/azure-monitor/logs/customer-managed-keys
# custom:
#   check: LA-CMK-001
#   severity: medium
#   resource: Microsoft.OperationalInsights/clusters
#   reads:
#     - path: resource.properties.keyVaultProperties.keyVaultUri
#       type: string
#       absent: "no key: the cluster is encrypted with a key that Azure manages"
#   parameters:
#     customer_managed_key_required: {type: boolean, default: true, meaning: whether data must be encrypted with a key that the firm controls}
#   controls:
#     DORA-9-4-d: shows, for the classes that require it, that logs are encrypted as the classification asks
#     RTS-6-2-a: shows which key encrypts the logs at rest, so that the encryption rule can be compared with what is in force
#     RTS-12-2-d: the firm can withdraw the key, and with it every reading of the logs
#     GDPR-32-1-a: adds control over the key to the encryption of personal data in logs
#   remediation:
#     az: |
#       az monitor log-analytics cluster update --resource-group RESOURCE_GROUP --name CLUSTER --key-vault-uri https://KEYVAULT.vault.azure.net/ --key-name KEY --key-version ''
#     terraform: |
#       resource "azurerm_log_analytics_cluster_customer_managed_key" "example" {
#         log_analytics_cluster_id = azurerm_log_analytics_cluster.example.id
#         key_vault_key_id         = azurerm_key_vault_key.example.versionless_id
#       }
#     bicep: |
#       keyVaultProperties: { keyVaultUri: 'https://KEYVAULT.vault.azure.net/', keyName: 'KEY', keyVersion: '' }
package azure.log_analytics.cluster_customer_managed_key_used

default _vault := ""

_vault := input.resource.properties.keyVaultProperties.keyVaultUri

not_applicable contains "no customer-managed key is required for this data" if data.parameters.customer_managed_key_required == false

deny contains finding if {
	_vault == ""
	finding := {
		"message": "the cluster is encrypted with a key that Azure manages",
		"path": "resource.properties.keyVaultProperties.keyVaultUri",
		"actual": "absent",
		"expected": "the URI of a key vault",
	}
}
