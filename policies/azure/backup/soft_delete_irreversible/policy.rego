# METADATA
# title: Nobody can switch off soft delete of the backup vault
# description: |
#   Soft delete that is merely on is switched off by whoever wants the backups gone, and then they are. AlwaysOn cannot be taken back.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/backup/backup-azure-enhanced-soft-delete-about
# custom:
#   check: BV-SEC-002
#   severity: medium
#   resource: Microsoft.DataProtection/backupVaults
#   reads:
#     - path: resource.properties.securitySettings.softDeleteSettings.state
#       type: string
#       absent: "On: Azure's default for a backup vault"
#   controls:
#     DORA-9-3-b: takes from a stolen administrator's account the switch that makes deletion final
#     DORA-9-3-d: the way back from a wrong deletion cannot itself be removed by mistake
#   fix: {path: resource.properties.securitySettings.softDeleteSettings.state, value: AlwaysOn}
#   remediation:
#     az: az dataprotection backup-vault update --resource-group RESOURCE_GROUP --vault-name VAULT --soft-delete-state AlwaysOn
#     terraform: |
#       resource "azurerm_data_protection_backup_vault" "example" {
#         # ...
#         soft_delete = "AlwaysOn"
#       }
#     bicep: |
#       resource vault 'Microsoft.DataProtection/backupVaults@2025-07-01' = {
#         // ...
#         properties: {
#           securitySettings: {
#             softDeleteSettings: {
#               state: 'AlwaysOn'
#             }
#           }
#         }
#       }
#     note: |
#       AlwaysOn is final: from then on every deleted backup is kept, and paid for, until its retention ends.
package azure.backup.soft_delete_irreversible

import data.lib.arm

default _soft_delete := "On"

_soft_delete := input.resource.properties.securitySettings.softDeleteSettings.state

deny contains finding if {
	arm.one_of(_soft_delete, ["On", "Off"])
	finding := {
		"message": sprintf("soft delete is %s, so an administrator can switch it off before deleting", [_soft_delete]),
		"path": "resource.properties.securitySettings.softDeleteSettings.state",
		"actual": _soft_delete,
		"expected": "AlwaysOn",
	}
}

unknown contains sprintf("state is %q, which this policy does not know", [_soft_delete]) if {
	not arm.one_of(_soft_delete, ["AlwaysOn", "On", "Off"])
}
