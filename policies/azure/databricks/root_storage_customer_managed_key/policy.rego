# METADATA
# title: The root storage of Databricks is encrypted with a key that the firm controls
# description: |
#   Data is always encrypted, but with a key of Azure the firm can neither rotate nor withdraw it. Law asks for keys by classification and
#   risk, not for this mode as such: set customer_managed_key_required to false for classes that do not need it. It needs the premium
#   tier.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/databricks/security/keys/customer-managed-keys
# custom:
#   check: DBW-CMK-003
#   severity: medium
#   resource: Microsoft.Databricks/workspaces
#   reads:
#     - path: resource.properties.parameters.encryption.value.keySource
#       type: string
#       absent: "Default: Azure leaves the key out when it manages it"
#   parameters:
#     customer_managed_key_required: {type: boolean, default: true, meaning: whether data must be encrypted with a key that the firm controls}
#   controls:
#     DORA-9-4-d: shows, for the classes that require it, that files in the root storage are encrypted by classification and under the firm's own key
#     RTS-6-2-a: shows which key encrypts files in the root storage at rest, so that it can be compared with the encryption rule
#     RTS-6-2-d: rules on the use and life of keys can only be carried out for the workspace on a key that the firm holds
#     RTS-7-2: the firm decides who may use the key of the workspace, and can withdraw it without touching the data
#     GDPR-32-1-a: adds control over the key to the encryption of personal data among files in the root storage
#   remediation:
#     az: az databricks workspace update --resource-group RESOURCE_GROUP --name WORKSPACE --key-source Microsoft.Keyvault --key-name KEY --key-vault https://VAULT.vault.azure.net/ --key-version VERSION
#     terraform: |
#       resource "azurerm_databricks_workspace" "example" {
#         # ...
#         sku                          = "premium"
#         customer_managed_key_enabled = true
#       }
#
#       resource "azurerm_databricks_workspace_root_dbfs_customer_managed_key" "example" {
#         workspace_id     = azurerm_databricks_workspace.example.id
#         key_vault_key_id = azurerm_key_vault_key.example.id
#       }
#     bicep: "properties: { parameters: { prepareEncryption: { value: true }, encryption: { value: { keySource: 'Microsoft.Keyvault', keyvaulturi: vault.properties.vaultUri, KeyName: key.name, keyversion: version } } } }"
package azure.databricks.root_storage_customer_managed_key

import data.lib.arm

default _key_source := "Default"

_key_source := input.resource.properties.parameters.encryption.value.keySource

not_applicable contains "no customer-managed key is required for this data" if data.parameters.customer_managed_key_required == false

deny contains finding if {
	arm.same(_key_source, "Default")
	finding := {
		"message": sprintf("the key of files in the root storage is %s", [_key_source]),
		"path": "resource.properties.parameters.encryption.value.keySource",
		"actual": _key_source,
		"expected": "Microsoft.Keyvault",
	}
}

unknown contains sprintf("keySource is %q, which this policy does not know", [_key_source]) if {
	not arm.one_of(_key_source, ["Microsoft.Keyvault", "Default"])
}
