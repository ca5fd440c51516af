# METADATA
# title: Deleted backups of the Recovery Services vault can be brought back
# description: |
#   Without soft delete a deletion is final at once, whether it was a slip, a script or an attack. With it, deleted backups stay for the
#   retention that the vault sets and can be undeleted. Old vaults do not show the setting in their own properties: they are unknown here.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/backup/backup-azure-enhanced-soft-delete-about
# custom:
#   check: BV-SEC-002
#   severity: high
#   resource: Microsoft.RecoveryServices/vaults
#   reads:
#     - {path: resource.properties.securitySettings.softDeleteSettings.softDeleteState, type: string}
#   controls:
#     DORA-9-3-b: a backup that was deleted by somebody who should not have is still there
#     DORA-9-3-d: gives an administrator's mistake a way back
#   fix: {path: resource.properties.securitySettings.softDeleteSettings.softDeleteState, value: Enabled}
#   remediation:
#     az: az backup vault backup-properties set --resource-group RESOURCE_GROUP --name VAULT --soft-delete-feature-state Enable
#     terraform: |
#       resource "azurerm_recovery_services_vault" "example" {
#         # ...
#         soft_delete_enabled = true # azurerm 5 has no such argument: soft delete is on
#       }
#     bicep: |
#       resource vault 'Microsoft.RecoveryServices/vaults@2025-02-01' = {
#         // ...
#         properties: {
#           securitySettings: {
#             softDeleteSettings: {
#               softDeleteState: 'Enabled'
#             }
#           }
#         }
#       }
package azure.recovery_services.soft_delete_enabled

import data.lib.arm

_soft_delete := input.resource.properties.securitySettings.softDeleteSettings.softDeleteState

deny contains finding if {
	arm.same(_soft_delete, "Disabled")
	finding := {
		"message": sprintf("soft delete is %s, so a deleted backup is gone at once", [_soft_delete]),
		"path": "resource.properties.securitySettings.softDeleteSettings.softDeleteState",
		"actual": _soft_delete,
		"expected": "Enabled or AlwaysON",
	}
}

unknown contains sprintf("softDeleteState is %q, which this policy does not know", [_soft_delete]) if {
	not arm.one_of(_soft_delete, ["AlwaysON", "Enabled", "Disabled"])
}
