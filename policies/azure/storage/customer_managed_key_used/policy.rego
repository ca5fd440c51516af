# METADATA
# title: The storage account is encrypted with a key that the firm controls
# description: |
#   Data at rest is always encrypted, but with a key that Azure manages the firm can neither rotate the key on its own terms, nor withdraw
#   it, nor keep its custody apart from that of the data. Law asks for keys by classification and risk, not for this mode as such: set
#   customer_managed_key_required to false for the classes that do not need it. Tables and queues are under the key only if the account
#   was created that way. Which vault holds the key is not judged here.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/storage/common/customer-managed-keys-overview
# custom:
#   check: ST-CMK-001
#   severity: high
#   resource: Microsoft.Storage/storageAccounts
#   reads:
#     - path: resource.properties.encryption.keySource
#       type: string
#       absent: "Microsoft.Storage: without a key of its own an account is encrypted with one that Azure manages"
#   parameters:
#     customer_managed_key_required: {type: boolean, default: true, meaning: whether data must be encrypted with a key that the firm controls}
#   controls:
#     DORA-9-4-d: shows, for the classes that require it, that the key over the data in the account is the firm's own
#     RTS-6-2-a: shows whose key encrypts the account at rest, so that the encryption rule can be compared with what is in force
#     RTS-6-2-d: rules on the use and life of keys can only be carried out on a key that the firm holds
#     RTS-7-2: the firm decides who may use the key of the account, and can withdraw it without touching the data
#     GDPR-32-1-a: adds control over the key to the encryption of personal data that Azure does in any case
#   remediation:
#     az: |
#       az storage account update --resource-group RESOURCE_GROUP --name ACCOUNT \
#         --encryption-key-source Microsoft.Keyvault --encryption-key-vault https://VAULT.vault.azure.net --encryption-key-name KEY
#     terraform: |
#       resource "azurerm_storage_account_customer_managed_key" "example" {
#         storage_account_id        = azurerm_storage_account.example.id
#         key_vault_key_id          = azurerm_key_vault_key.example.versionless_id
#         user_assigned_identity_id = azurerm_user_assigned_identity.example.id
#       }
#     bicep: |
#       resource account 'Microsoft.Storage/storageAccounts@2025-06-01' = {
#         // ...
#         properties: {
#           encryption: {
#             keySource: 'Microsoft.Keyvault'
#             keyvaultproperties: { keyvaulturi: vault.properties.vaultUri, keyname: key.name }
#             identity: { userAssignedIdentity: identity.id }
#           }
#         }
#       }
#     portal: Storage account > Security + networking > Encryption > Customer-managed keys
#     note: |
#       The identity needs the role Key Vault Crypto Service Encryption User on the key first, and the vault needs purge protection.
package azure.storage.customer_managed_key_used

import data.lib.arm

default _source := "Microsoft.Storage"

_source := input.resource.properties.encryption.keySource

not_applicable contains "no customer-managed key is required for this data" if data.parameters.customer_managed_key_required == false

deny contains finding if {
	arm.same(_source, "Microsoft.Storage")
	finding := {
		"message": "the account is encrypted with a key that Azure manages",
		"path": "resource.properties.encryption.keySource",
		"actual": _source,
		"expected": "Microsoft.Keyvault",
	}
}

unknown contains sprintf("keySource is %q, which this policy does not know", [_source]) if {
	not arm.one_of(_source, ["Microsoft.Keyvault", "Microsoft.Storage"])
}
