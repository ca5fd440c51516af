# METADATA
# title: Nobody can switch off soft delete of the Recovery Services vault
# description: |
#   Soft delete that is merely on is switched off by whoever wants the backups gone, and then they are. AlwaysON cannot be taken back.
#   Terraform's azurerm provider has no argument for it. Old vaults do not show the setting in their own properties: they are unknown here.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/backup/backup-azure-enhanced-soft-delete-about
# custom:
#   check: BV-SEC-002
#   severity: medium
#   resource: Microsoft.RecoveryServices/vaults
#   reads:
#     - {path: resource.properties.securitySettings.softDeleteSettings.softDeleteState, type: string}
#   controls:
#     DORA-9-3-b: takes from a stolen administrator's account the switch that makes deletion final
#     DORA-9-3-d: the way back from a wrong deletion cannot itself be removed by mistake
#   fix: {path: resource.properties.securitySettings.softDeleteSettings.softDeleteState, value: AlwaysON}
#   remediation:
#     az: az backup vault backup-properties set --resource-group RESOURCE_GROUP --name VAULT --soft-delete-feature-state AlwaysOn
#     bicep: |
#       resource vault 'Microsoft.RecoveryServices/vaults@2025-02-01' = {
#         // ...
#         properties: {
#           securitySettings: {
#             softDeleteSettings: {
#               softDeleteState: 'AlwaysON'
#             }
#           }
#         }
#       }
#     note: |
#       AlwaysON is final: from then on every deleted backup is kept, and paid for, until its retention ends.
package azure.recovery_services.soft_delete_irreversible

import data.lib.arm

_soft_delete := input.resource.properties.securitySettings.softDeleteSettings.softDeleteState

deny contains finding if {
	arm.one_of(_soft_delete, ["Enabled", "Disabled"])
	finding := {
		"message": sprintf("soft delete is %s, so an administrator can switch it off before deleting", [_soft_delete]),
		"path": "resource.properties.securitySettings.softDeleteSettings.softDeleteState",
		"actual": _soft_delete,
		"expected": "AlwaysON",
	}
}

unknown contains sprintf("softDeleteState is %q, which this policy does not know", [_soft_delete]) if {
	not arm.one_of(_soft_delete, ["AlwaysON", "Enabled", "Disabled"])
}
