# METADATA
# title: The storage account takes up new versions of its key by itself
# description: |
#   A key is only rotated when the account wraps its data keys with the new version. An account that names a version stays on it until
#   somebody moves it, and is shut when that version expires or is disabled.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/storage/common/customer-managed-keys-configure-existing-account
# custom:
#   check: STO-CMK-005
#   severity: medium
#   resource: Microsoft.Storage/storageAccounts
#   reads:
#     - path: resource.properties.encryption.keyvaultproperties.keyname
#       type: string
#       absent: "none: the account is encrypted with a key that Microsoft manages"
#     - path: resource.properties.encryption.keyvaultproperties.keyversion
#       type: string
#       absent: "the newest: without a version Azure takes up each new one by itself"
#   controls:
#     DORA-9-4-d: a rotated key protects the account only once it is used, which an account without version does by itself
#     RTS-7-1: renewal, one stage of the life of the key, reaches the account without a step by hand
#     RTS-7-3: a compromised key is replaced on the account by a new version in the vault
#   remediation:
#     az: |
#       az storage account update --resource-group RESOURCE_GROUP --name ACCOUNT --encryption-key-source Microsoft.Keyvault --encryption-key-vault https://VAULT.vault.azure.net --encryption-key-name KEY --encryption-key-version ""
#     terraform: |
#       resource "azurerm_storage_account_customer_managed_key" "example" {
#         storage_account_id = azurerm_storage_account.example.id
#         key_vault_key_id   = azurerm_key_vault_key.example.versionless_id # key_vault_id and key_name in azurerm 3
#       }
#     bicep: |
#       resource account 'Microsoft.Storage/storageAccounts@2025-06-01' = {
#         // ...
#         properties: {
#           encryption: { keySource: 'Microsoft.Keyvault', keyvaultproperties: { keyvaulturi: vaultUri, keyname: keyName } }
#         }
#       }
package azure.storage.key_version_not_pinned

default _name := ""

_name := input.resource.properties.encryption.keyvaultproperties.keyname

default _version := ""

_version := input.resource.properties.encryption.keyvaultproperties.keyversion

not_applicable contains "no key of the firm is used" if _name == ""

deny contains finding if {
	_version != ""
	finding := {
		"message": sprintf("the account stays on version %s of its key", [_version]),
		"path": "resource.properties.encryption.keyvaultproperties.keyversion",
		"actual": _version,
		"expected": "no version",
	}
}
