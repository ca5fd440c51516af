# METADATA
# title: The vault keeps deleted keys until their retention ends
# description: |
#   Without purge protection, whoever may purge can destroy a deleted vault or key at once, and with the key all data encrypted with
#   it.
#   Purge protection cannot be switched off again, by anyone. Azure leaves the property out while it is off.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/key-vault/general/soft-delete-overview
#   - ref: https://learn.microsoft.com/azure/key-vault/general/key-vault-recovery
# custom:
#   check: KV-PRO-001
#   severity: critical
#   resource: Microsoft.KeyVault/vaults
#   reads:
#     - path: resource.properties.enablePurgeProtection
#       type: boolean
#       absent: "off: Azure leaves the property out when purge protection is not on"
#   controls:
#     RTS-7-2: no insider can destroy a key of this vault before the retention ends, the part of protection against loss that this switch decides
#     RTS-7-1: makes the last stage of the key lifecycle, destruction, happen after a fixed delay only
#     DORA-9-3-b: takes away the purge, by which one call could make all data under a key unreadable
#     GDPR-32-1-c: a key that was deleted can be brought back, which restoring access to data encrypted with it depends on
#   fix: {path: resource.properties.enablePurgeProtection, value: true}
#   remediation:
#     az: az keyvault update --name VAULT --resource-group RESOURCE_GROUP --enable-purge-protection true
#     terraform: |
#       resource "azurerm_key_vault" "example" {
#         # ...
#         purge_protection_enabled   = true
#         soft_delete_retention_days = 90
#       }
#     bicep: |
#       resource vault 'Microsoft.KeyVault/vaults@2023-07-01' = {
#         // ...
#         properties: {
#           enablePurgeProtection: true
#         }
#       }
#     note: Irreversible; the vault name stays taken until the retention of a deleted vault ends.
package azure.key_vault.purge_protection_enabled

default _protected := false

_protected := input.resource.properties.enablePurgeProtection

deny contains finding if {
	not _protected
	finding := {
		"message": "purge protection is off",
		"path": "resource.properties.enablePurgeProtection",
		"actual": _protected,
		"expected": true,
	}
}
