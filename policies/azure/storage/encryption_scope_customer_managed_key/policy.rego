# METADATA
# title: The encryption scope uses a key of the firm
# description: |
#   An encryption scope has a key of its own and leaves that of the account aside. A scope under a key of Microsoft takes blobs out of the
#   customer-managed key that the account shows.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/storage/blobs/encryption-scope-overview
# custom:
#   check: STO-CMK-006
#   severity: medium
#   resource: Microsoft.Storage/storageAccounts/encryptionScopes
#   reads:
#     - {path: resource.properties.source, type: string}
#     - {path: resource.properties.state, type: string}
#   controls:
#     DORA-9-4-d: encryption of blobs in the scope rests on a key whose life the firm decides
#     RTS-6-2-d: the key of the scope falls under the rules of the firm for keys
#     RTS-7-2: use of the key is decided and logged in the vault of the firm
#     GDPR-32-1-a: personal data in the scope is encrypted under a key that the controller can withdraw
#   remediation:
#     az: |
#       az storage account encryption-scope update --resource-group RESOURCE_GROUP --account-name ACCOUNT --name SCOPE --key-source Microsoft.KeyVault --key-uri https://VAULT.vault.azure.net/keys/KEY
#     terraform: |
#       resource "azurerm_storage_encryption_scope" "example" {
#         name               = "ledger"
#         storage_account_id = azurerm_storage_account.example.id
#         source             = "Microsoft.KeyVault"
#         key_vault_key_id   = azurerm_key_vault_key.example.versionless_id
#       }
#     bicep: |
#       resource scope 'Microsoft.Storage/storageAccounts/encryptionScopes@2025-06-01' = {
#         parent: account
#         name: 'ledger'
#         properties: { source: 'Microsoft.KeyVault', state: 'Enabled', keyVaultProperties: { keyUri: keyUri } }
#       }
package azure.storage.encryption_scope_customer_managed_key

import data.lib.arm

_source := input.resource.properties.source

_state := input.resource.properties.state

not_applicable contains "the scope is off and takes no blobs" if arm.same(_state, "Disabled")

deny contains finding if {
	arm.same(_source, "Microsoft.Storage")
	finding := {
		"message": "the scope is encrypted with a key of Microsoft",
		"path": "resource.properties.source",
		"actual": _source,
		"expected": "Microsoft.KeyVault",
	}
}

unknown contains sprintf("source is %q, which this policy does not know", [_source]) if {
	not arm.one_of(_source, ["Microsoft.KeyVault", "Microsoft.Storage"])
}

unknown contains sprintf("state is %q, which this policy does not know", [_state]) if {
	not arm.one_of(_state, ["Enabled", "Disabled"])
}
