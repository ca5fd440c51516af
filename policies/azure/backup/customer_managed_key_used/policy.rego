# METADATA
# title: The backup vault is encrypted with a key that the firm controls
# description: |
#   Backups are always encrypted, but where the key is Azure's, the firm can neither withdraw it nor rotate it on its own terms, and a
#   database with a key of its own is copied to a place without one. Inconsistent means that the switch to the key failed half-way. Once on,
#   the key of the firm can be exchanged and not given up. Backups in operational storage stay where the data is and do not count.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/backup/encryption-at-rest-with-cmk-for-backup-vault
# custom:
#   check: BV-CMK-001
#   severity: medium
#   resource: Microsoft.DataProtection/backupVaults
#   reads:
#     - path: resource.properties.securitySettings.encryptionSettings.state
#       type: string
#       absent: "Disabled: backups are encrypted with a key that Azure manages"
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
#       az dataprotection backup-vault update --resource-group RESOURCE_GROUP --vault-name VAULT --type SystemAssigned \
#         --cmk-encryption-state Enabled --cmk-identity-type SystemAssigned --cmk-encryption-key-uri https://KEYVAULT.vault.azure.net/keys/KEY
#     terraform: |
#       resource "azurerm_data_protection_backup_vault_customer_managed_key" "example" {
#         data_protection_backup_vault_id = azurerm_data_protection_backup_vault.example.id
#         key_vault_key_id                = azurerm_key_vault_key.example.versionless_id
#       }
#     bicep: |
#       encryptionSettings: {
#         state: 'Enabled'
#         keyVaultProperties: { keyUri: key.properties.keyUri }
#         kekIdentity: { identityType: 'SystemAssigned' }
#       }
#     note: The identity of the vault needs the role Key Vault Crypto Service Encryption User on the key, and the key vault purge protection.
package azure.backup.customer_managed_key_used

import data.lib.arm

default _encryption := "Disabled"

_encryption := input.resource.properties.securitySettings.encryptionSettings.state

not_applicable contains "no customer-managed key is required for this data" if data.parameters.customer_managed_key_required == false

deny contains finding if {
	arm.one_of(_encryption, ["Disabled", "Inconsistent"])
	finding := {
		"message": sprintf("encryption with a customer-managed key is %s", [_encryption]),
		"path": "resource.properties.securitySettings.encryptionSettings.state",
		"actual": _encryption,
		"expected": "Enabled",
	}
}

unknown contains sprintf("state is %q, which this policy does not know", [_encryption]) if {
	not arm.one_of(_encryption, ["Enabled", "Disabled", "Inconsistent"])
}
