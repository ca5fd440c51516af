# METADATA
# title: The vault of MySQL's key is protected against purging
# description: |
#   Without purge protection whoever may manage the vault can delete it and purge it at once, and with the key the database and its backups
#   are gone. Purge protection keeps a deleted vault and its keys until the retention has passed. It cannot be turned off again. Azure
#   leaves the property out on a vault where it is off. The API's definition says that a Managed HSM has it by default, but that was not
#   seen on a live one: a pool that leaves the property out gives unknown.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/key-vault/general/soft-delete-overview
#   - ref: https://learn.microsoft.com/azure/mysql/flexible-server/concepts-customer-managed-key
# custom:
#   check: KV-PRO-001
#   severity: critical
#   resource: Microsoft.DBforMySQL/flexibleServers
#   reads:
#     - path: resource.properties.dataEncryption.type
#       type: string
#       absent: "SystemManaged: without customer-managed key a server is encrypted with a key that Azure manages"
#     - path: related.key_vault.properties.enablePurgeProtection
#       type: boolean
#       absent: "off for a vault: Azure leaves the property out when it is not on; unknown for a Managed HSM"
#   controls:
#     RTS-7-2: a key that cannot be purged is protected against loss, by mistake or by intent
#     RTS-7-1: destruction, the end of a key's life, is kept from happening before its time
#     DORA-9-3-b: the loss of the key would be the loss of all data of the server; purge protection takes that risk away for the retention period
#     GDPR-32-1-c: personal data can be restored after the deletion of a vault, because the key can be recovered
#   remediation:
#     az: |
#       az keyvault update --resource-group RG --name VAULT --enable-purge-protection true
#       az keyvault update-hsm --resource-group RG --hsm-name POOL --enable-purge-protection true   # for a Managed HSM pool
#     terraform: |
#       resource "azurerm_key_vault" "example" {
#         # ...
#         soft_delete_retention_days = 90
#         purge_protection_enabled   = true
#       }
#     bicep: |
#       resource vault 'Microsoft.KeyVault/vaults@2026-02-01' = {
#         // ...
#         properties: { enableSoftDelete: true, softDeleteRetentionInDays: 90, enablePurgeProtection: true }
#       }
#     portal: Key vault > Settings > Properties > Purge protection > Enable
package azure.mysql.key_vault_purge_protected

import data.lib.arm

default _encryption := "SystemManaged"

_encryption := input.resource.properties.dataEncryption.type

_protection := input.related.key_vault.properties.enablePurgeProtection

_vault if arm.same(input.related.key_vault.type, "Microsoft.KeyVault/vaults")

_unprotected if _protection == false

_unprotected if {
	_vault
	not _protection
}

not_applicable contains "the server is encrypted with a key that Azure manages" if arm.same(_encryption, "SystemManaged")

deny contains finding if {
	arm.same(_encryption, "AzureKeyVault")
	_unprotected
	finding := {
		"message": "the store that holds the key is not protected against purging",
		"path": "related.key_vault.properties.enablePurgeProtection",
		"actual": false,
		"expected": true,
	}
}

unknown contains sprintf("dataEncryption.type is %q, which this policy does not know", [_encryption]) if {
	not arm.one_of(_encryption, ["SystemManaged", "AzureKeyVault"])
}

unknown contains "it is not known whether the store that holds the key is protected against purging" if {
	not _protection == true
	not _unprotected
}
