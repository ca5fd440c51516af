# METADATA
# title: The Recovery Services vault is encrypted with a key that the firm controls
# description: |
#   Backups are always encrypted, but where the key is Azure's, the firm can neither withdraw it nor rotate it on its own terms, and a
#   server with a key of its own is copied to a place without one. The key must be set before the first item is protected: a finding on a
#   vault in use means a new vault and a new registration of what it protects.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/backup/encryption-at-rest-with-cmk
# custom:
#   check: BV-CMK-001
#   severity: medium
#   resource: Microsoft.RecoveryServices/vaults
#   reads:
#     - path: resource.properties.encryption.keyVaultProperties.keyUri
#       type: string
#       absent: "no key: backups are encrypted with a key that Azure manages"
#   parameters:
#     customer_managed_key_required: {type: boolean, default: true, meaning: whether data must be encrypted with a key that the firm controls}
#   controls:
#     DORA-9-4-d: shows, for the classes that require it, that backups are encrypted as the classification of their data asks
#     RTS-6-2-a: shows which key encrypts the backups at rest, so that the encryption rule can be compared with what is in force
#     RTS-6-2-d: rules on the use and life of keys can only be carried out on a key that the firm holds
#     RTS-7-2: the firm decides who may use the key of its backups, and can withdraw it
#     GDPR-32-1-a: copies of personal data are not encrypted more weakly than the data itself
#     DORA-12-2: backups do not become the weakest copy of confidential data
#   remediation:
#     az: |
#       az backup vault encryption update --resource-group RESOURCE_GROUP --name VAULT --mi-system-assigned \
#         --encryption-key-id https://KEYVAULT.vault.azure.net/keys/KEY --infrastructure-encryption Enabled
#     terraform: |
#       resource "azurerm_recovery_services_vault" "example" {
#         # ...
#         encryption {
#           key_id                            = azurerm_key_vault_key.example.versionless_id
#           infrastructure_encryption_enabled = true
#         }
#       }
#     bicep: |
#       resource vault 'Microsoft.RecoveryServices/vaults@2025-02-01' = {
#         // ...
#         properties: {
#           encryption: {
#             keyVaultProperties: {
#               keyUri: key.properties.keyUri
#             }
#           }
#         }
#       }
package azure.recovery_services.customer_managed_key_used

import data.lib.keys

default _key := "no key"

_key := input.resource.properties.encryption.keyVaultProperties.keyUri

not_applicable contains "no customer-managed key is required for this data" if data.parameters.customer_managed_key_required == false

deny contains finding if {
	not keys.valid(_key)
	finding := {
		"message": sprintf("the vault is not encrypted with a key of the firm: %s", [_key]),
		"path": "resource.properties.encryption.keyVaultProperties.keyUri",
		"actual": _key,
		"expected": "https://VAULT/keys/NAME",
	}
}
