# METADATA
# title: The key in use cannot be purged
# description: |
#   When a key that encrypts data is deleted and purged, the data is lost for good, backups included. Purge protection of the vault
#   holds every deleted key until its retention ends.
#   The verdict is on the key, so that it shows where the loss would hurt. A key that nothing in the snapshot uses is left out.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/key-vault/general/soft-delete-overview
# custom:
#   check: KV-PRO-001
#   severity: critical
#   resource: Microsoft.KeyVault/vaults/keys
#   reads:
#     - path: related.vault.properties.enablePurgeProtection
#       type: boolean
#       absent: "off: Azure leaves the property out when purge protection is not on"
#     - related.key_users
#   controls:
#     RTS-7-2: a key on which data depends cannot be destroyed before the retention of its vault ends
#     RTS-7-1: no key in use reaches destruction, the last stage of its lifecycle, at one stroke
#     DORA-9-3-b: ties the protection of the vault to the data that would be lost with the key
#     GDPR-32-1-c: personal data and backups under the key stay recoverable after the key is deleted
#   remediation:
#     az: az keyvault update --name VAULT --resource-group RESOURCE_GROUP --enable-purge-protection true
#     terraform: |
#       resource "azurerm_key_vault" "example" {
#         # ...
#         purge_protection_enabled = true
#       }
#     bicep: |
#       resource vault 'Microsoft.KeyVault/vaults@2023-07-01' = {
#         // ...
#         properties: {
#           enablePurgeProtection: true
#         }
#       }
#     note: A setting of the vault, irreversible.
package azure.key_vault.key_cannot_be_lost

default _protected := false

_protected := input.related.vault.properties.enablePurgeProtection

not_applicable contains "nothing uses the key" if input.related.key_users.count == 0

deny contains finding if {
	input.related.vault.id
	input.related.key_users.count > 0
	not _protected
	finding := {
		"message": sprintf("%d resources are encrypted with a key that can be purged", [input.related.key_users.count]),
		"path": "related.vault.properties.enablePurgeProtection",
		"actual": _protected,
		"expected": true,
	}
}

unknown contains "the vault of the key is not in the snapshot" if not input.related.vault.id
