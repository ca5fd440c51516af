# METADATA
# title: Backups in the Recovery Services vault cannot be deleted early
# description: |
#   Who gets hold of an administrator's account deletes the backups first and encrypts the data next. With immutability on, no recovery
#   point can be removed before its time and no retention can be shortened. Unlocked immutability can still be switched off by the same
#   administrator; locked immutability cannot be switched off by anybody, ever. Set backup_immutability_min to locked for critical data, and
#   only after the retention has been thought through.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/backup/backup-azure-immutable-vault-concept
# custom:
#   check: BV-SEC-001
#   severity: high
#   resource: Microsoft.RecoveryServices/vaults
#   reads:
#     - path: resource.properties.securitySettings.immutabilitySettings.state
#       type: string
#       absent: "Disabled: a vault that does not say otherwise lets its backups be deleted"
#   parameters:
#     backup_immutability_min: {type: string, default: unlocked, allowed: [unlocked, locked], meaning: weakest state of immutability that a vault of backups may have}
#   controls:
#     DORA-9-3-b: shows whether recovery points survive an attempt to destroy them together with the data
#     DORA-12-2: a backup that the attacker can delete cannot be activated when it is needed
#     DORA-12-3: protects the copy that is restored from against tampering, which is one of the properties asked of it
#     GDPR-32-1-c: keeps a copy of personal data from which access can be restored after an attack
#   remediation:
#     az: az backup vault update --resource-group RESOURCE_GROUP --name VAULT --immutability-state Unlocked
#     terraform: |
#       resource "azurerm_recovery_services_vault" "example" {
#         # ...
#         immutability = "Unlocked"
#       }
#     bicep: |
#       resource vault 'Microsoft.RecoveryServices/vaults@2025-02-01' = {
#         // ...
#         properties: {
#           securitySettings: {
#             immutabilitySettings: {
#               state: 'Unlocked'
#             }
#           }
#         }
#       }
#     note: Locked cannot be undone, not even by Microsoft. Run unlocked for a while and look at what it costs before locking.
package azure.recovery_services.immutability_enabled

import data.lib.arm

_states := ["disabled", "unlocked", "locked"]

default _state := "Disabled"

_state := input.resource.properties.securitySettings.immutabilitySettings.state

deny contains finding if {
	some have, state in _states
	arm.same(state, _state)
	some need, lowest in _states
	lowest == data.parameters.backup_immutability_min
	have < need
	finding := {
		"message": sprintf("the immutability of the vault is %s", [_state]),
		"path": "resource.properties.securitySettings.immutabilitySettings.state",
		"actual": _state,
		"expected": sprintf("%s or stronger", [lowest]),
	}
}

unknown contains sprintf("the immutability %q is not known to this policy", [_state]) if {
	not arm.one_of(_state, _states)
}
