# METADATA
# title: Cosmos DB is encrypted with a key that the firm controls
# description: |
#   Data at rest is always encrypted, but with a key that Azure manages the firm can neither rotate the key on its own terms, nor withdraw
#   it, nor keep its custody apart from that of the data. Law asks for keys by classification and risk, not for this mode as such: set
#   customer_managed_key_required to false for the classes that do not need it. An existing account can be moved to a key, but not back.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/cosmos-db/how-to-setup-customer-managed-keys
# custom:
#   check: COS-CMK-001
#   severity: high
#   resource: Microsoft.DocumentDB/databaseAccounts
#   reads:
#     - path: resource.properties.keyVaultKeyUri
#       type: string
#       absent: "none: the account is encrypted with a key that Azure manages"
#   parameters:
#     customer_managed_key_required: {type: boolean, default: true, meaning: whether data must be encrypted with a key that the firm controls}
#   controls:
#     DORA-9-4-d: shows, for the classes that require it, that encryption follows the classification and that the key is the firm's own
#     RTS-6-2-a: shows which key encrypts the data at rest, so that the encryption rule can be compared with what is in force
#     RTS-6-2-d: rules on the use and life of keys can only be carried out on a key that the firm holds
#     RTS-7-2: the firm decides who may use the key, and can withdraw it without touching the data
#     GDPR-32-1-a: adds control over the key to the encryption of personal data that Azure does in any case
#   remediation:
#     az: az cosmosdb update --resource-group RESOURCE_GROUP --name ACCOUNT --key-uri https://VAULT.vault.azure.net/keys/KEY
#     terraform: |
#       resource "azurerm_cosmosdb_account" "example" {
#         # ...
#         key_vault_key_id = azurerm_key_vault_key.example.versionless_id
#       }
#     bicep: |
#       resource account 'Microsoft.DocumentDB/databaseAccounts@2025-10-15' = {
#         // ...
#         properties: {
#           keyVaultKeyUri: 'https://${vault.name}${environment().suffixes.keyvaultDns}/keys/${key.name}'
#         }
#       }
#     portal: Cosmos DB account > Settings > Data Encryption > Customer-managed key
#     note: |
#       The identity of the account needs the role Key Vault Crypto Service Encryption User on the key, and the vault needs purge
#       protection. In Terraform a change of the key replaces the account.
package azure.cosmos.customer_managed_key_used

import data.lib.keys

default _key := ""

_key := input.resource.properties.keyVaultKeyUri

not_applicable contains "no customer-managed key is required for this data" if data.parameters.customer_managed_key_required == false

deny contains finding if {
	not keys.valid(_key)
	finding := {
		"message": "the account names no key of the firm",
		"path": "resource.properties.keyVaultKeyUri",
		"actual": _key,
		"expected": "https://VAULT/keys/NAME",
	}
}
