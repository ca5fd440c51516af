# METADATA
# title: The HSM pool keeps deleted keys until their retention ends
# description: |
#   Without purge protection, whoever may purge can destroy a deleted pool or key at once, and with the key all data encrypted with
#   it.
#   Purge protection cannot be switched off again, by anyone. When the property is
#   left out, Microsoft's sources contradict each other (on in the API's definition, off in the guide): the answer is unknown.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/key-vault/managed-hsm/recovery
#   - ref: https://learn.microsoft.com/azure/key-vault/managed-hsm/soft-delete-overview
# custom:
#   check: KV-PRO-001
#   severity: critical
#   resource: Microsoft.KeyVault/managedHSMs
#   reads:
#     - {path: resource.properties.enablePurgeProtection, type: boolean}
#   controls:
#     RTS-7-2: no insider can destroy a key of this pool before the retention ends, the part of protection against loss that this switch decides
#     RTS-7-1: holds back the final destruction of pool and keys, the last stage of the key lifecycle, for a fixed time
#     DORA-9-3-b: rules out the purge of the pool, which would make every database under its keys unreadable
#     GDPR-32-1-c: a deleted pool or key can be brought back, which restoring access to data encrypted with it depends on
#   fix: {path: resource.properties.enablePurgeProtection, value: true}
#   remediation:
#     az: az keyvault update-hsm --hsm-name POOL --resource-group RESOURCE_GROUP --enable-purge-protection true
#     terraform: |
#       resource "azurerm_key_vault_managed_hardware_security_module" "example" {
#         # ...
#         purge_protection_enabled   = true
#         soft_delete_retention_days = 90
#       }
#     bicep: |
#       resource pool 'Microsoft.KeyVault/managedHSMs@2023-07-01' = {
#         // ...
#         properties: {
#           enablePurgeProtection: true
#         }
#       }
#     note: Irreversible; a deleted pool is billed until its retention ends.
package azure.managed_hsm.purge_protection_enabled

deny contains finding if {
	input.resource.properties.enablePurgeProtection == false
	finding := {
		"message": "purge protection is off",
		"path": "resource.properties.enablePurgeProtection",
		"actual": false,
		"expected": true,
	}
}
