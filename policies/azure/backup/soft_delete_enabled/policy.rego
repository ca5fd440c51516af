# METADATA
# title: Deleted backups of the backup vault can be brought back
# description: |
#   Without soft delete a deletion is final at once, whether it was a slip, a script or an attack. With it, deleted backups stay for the
#   retention that the vault sets and can be undeleted.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/backup/backup-azure-enhanced-soft-delete-about
# custom:
#   check: BV-SEC-002
#   severity: high
#   resource: Microsoft.DataProtection/backupVaults
#   reads:
#     - path: resource.properties.securitySettings.softDeleteSettings.state
#       type: string
#       absent: "On: Azure's default for a backup vault"
#   controls:
#     DORA-9-3-b: a backup that was deleted by somebody who should not have is still there
#     DORA-9-3-d: gives an administrator's mistake a way back
#   fix: {path: resource.properties.securitySettings.softDeleteSettings.state, value: "On"}
#   remediation:
#     az: az dataprotection backup-vault update --resource-group RESOURCE_GROUP --vault-name VAULT --soft-delete-state On --retention-duration-in-days 14
#     terraform: |
#       resource "azurerm_data_protection_backup_vault" "example" {
#         # ...
#         soft_delete = "On"
#       }
#     bicep: |
#       resource vault 'Microsoft.DataProtection/backupVaults@2025-07-01' = {
#         // ...
#         properties: {
#           securitySettings: {
#             softDeleteSettings: {
#               state: 'On'
#             }
#           }
#         }
#       }
package azure.backup.soft_delete_enabled

import data.lib.arm

default _soft_delete := "On"

_soft_delete := input.resource.properties.securitySettings.softDeleteSettings.state

deny contains finding if {
	arm.same(_soft_delete, "Off")
	finding := {
		"message": sprintf("soft delete is %s, so a deleted backup is gone at once", [_soft_delete]),
		"path": "resource.properties.securitySettings.softDeleteSettings.state",
		"actual": _soft_delete,
		"expected": "On or AlwaysOn",
	}
}

unknown contains sprintf("state is %q, which this policy does not know", [_soft_delete]) if {
	not arm.one_of(_soft_delete, ["AlwaysOn", "On", "Off"])
}
