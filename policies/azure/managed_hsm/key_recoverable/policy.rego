# METADATA
# title: A deleted key of the HSM can be brought back
# description: |
#   When a key is purged, everything that is encrypted with it is lost. At the level Recoverable nobody can purge it before the days of soft
#   delete are over. The level follows from the pool; this shows what counts for the key.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/key-vault/managed-hsm/soft-delete-overview
# custom:
#   check: KV-PRO-001
#   severity: high
#   resource: Microsoft.KeyVault/managedHSMs/keys
#   reads:
#     - {path: resource.properties.attributes.recoveryLevel, type: string}
#   controls:
#     RTS-7-2: the key is protected against loss, by mistake or on purpose
#     DORA-9-3-b: lowers the chance that all data under the key is lost for good
#     DORA-9-3-d: a mistake of administration does not destroy the key at once
#     GDPR-32-1-c: access to personal data under a deleted key can be restored
#   remediation:
#     az: az keyvault update-hsm --resource-group RESOURCE_GROUP --hsm-name HSM --enable-purge-protection true
#     terraform: |
#       resource "azurerm_key_vault_managed_hardware_security_module" "example" {
#         # ...
#         purge_protection_enabled = true
#       }
#     bicep: |
#       resource pool 'Microsoft.KeyVault/managedHSMs@2026-02-01' = {
#         // ...
#         properties: {
#           enablePurgeProtection: true
#         }
#       }
package azure.managed_hsm.key_recoverable

import data.lib.arm

_recovery_level := input.resource.properties.attributes.recoveryLevel

deny contains finding if {
	arm.one_of(_recovery_level, ["Purgeable", "Recoverable+Purgeable"])
	finding := {
		"message": sprintf("a deleted key may be gone at once: %s", [_recovery_level]),
		"path": "resource.properties.attributes.recoveryLevel",
		"actual": _recovery_level,
		"expected": "Recoverable",
	}
}

unknown contains sprintf("recoveryLevel is %q, which this policy does not know", [_recovery_level]) if {
	not arm.one_of(_recovery_level, ["Recoverable", "Recoverable+ProtectedSubscription", "Purgeable", "Recoverable+Purgeable"])
}
