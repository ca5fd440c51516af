# METADATA
# title: The Log Analytics cluster takes up new versions of its key by itself
# description: |
#   A key is only rotated when the service wraps its data keys with the new version. One that names a version stays on it until somebody
#   moves it, and is shut when that version expires or is disabled. Without the key no logs are taken in or read.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/azure-monitor/logs/customer-managed-keys
# custom:
#   check: LA-CMK-003
#   severity: medium
#   resource: Microsoft.OperationalInsights/clusters
#   reads:
#     - path: resource.properties.keyVaultProperties.keyName
#       type: string
#       absent: "none: the cluster is encrypted with a key that Microsoft manages"
#     - path: resource.properties.keyVaultProperties.keyVersion
#       type: string
#       absent: "the newest: without a version Azure takes up each new one by itself"
#   controls:
#     DORA-9-4-d: a rotated key protects the cluster of logs only once it is used, which happens by itself without a version
#     RTS-7-1: renewal, one stage of the life of the key, reaches the cluster of logs without a step by hand
#     RTS-7-3: a compromised key of the cluster of logs is replaced by a new version in the vault
#   remediation:
#     az: |
#       az monitor log-analytics cluster update --resource-group RESOURCE_GROUP --name CLUSTER --key-name KEY --key-vault-uri https://VAULT.vault.azure.net --key-version ""
#     terraform: |
#       resource "azurerm_log_analytics_cluster_customer_managed_key" "example" {
#         log_analytics_cluster_id = azurerm_log_analytics_cluster.example.id
#         key_vault_key_id         = azurerm_key_vault_key.example.versionless_id
#       }
#     bicep: |
#       resource cluster 'Microsoft.OperationalInsights/clusters@2025-07-01' = {
#         // ...
#         properties: {
#           keyVaultProperties: { keyVaultUri: vaultUri, keyName: keyName, keyVersion: '' }
#         }
#       }
package azure.log_analytics.cluster_key_version_not_pinned

default _name := ""

_name := input.resource.properties.keyVaultProperties.keyName

default _version := ""

_version := input.resource.properties.keyVaultProperties.keyVersion

not_applicable contains "no key of the firm is used" if _name == ""

deny contains finding if {
	_version != ""
	finding := {
		"message": sprintf("the cluster stays on version %s of its key", [_version]),
		"path": "resource.properties.keyVaultProperties.keyVersion",
		"actual": _version,
		"expected": "no version",
	}
}
