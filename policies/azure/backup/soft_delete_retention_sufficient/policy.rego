# METADATA
# title: The backup vault keeps deleted backups long enough
# description: |
#   A deletion is often noticed only when somebody needs the backup. The retention of soft delete is the time that remains for that.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/backup/backup-azure-enhanced-soft-delete-about
# custom:
#   check: BV-SEC-003
#   severity: low
#   resource: Microsoft.DataProtection/backupVaults
#   reads:
#     - path: resource.properties.securitySettings.softDeleteSettings.retentionDurationInDays
#       type: integer
#       absent: "14: Azure's default for a backup vault"
#   parameters:
#     backup_soft_delete_days_min: {type: integer, default: 14, min: 14, max: 180, meaning: fewest days that a deleted backup stays recoverable}
#   controls:
#     DORA-9-3-b: sets how many days remain to notice that a backup was destroyed
#     DORA-9-3-d: a mistake can only be undone for as long as this
#   fix: {path: resource.properties.securitySettings.softDeleteSettings.retentionDurationInDays, parameter: backup_soft_delete_days_min}
#   remediation:
#     az: az dataprotection backup-vault update --resource-group RESOURCE_GROUP --vault-name VAULT --soft-delete-state On --retention-duration-in-days 14
#     terraform: |
#       resource "azurerm_data_protection_backup_vault" "example" {
#         # ...
#         retention_duration_in_days = 14
#       }
#     bicep: |
#       resource vault 'Microsoft.DataProtection/backupVaults@2025-07-01' = {
#         // ...
#         properties: {
#           securitySettings: {
#             softDeleteSettings: {
#               retentionDurationInDays: 14
#             }
#           }
#         }
#       }
package azure.backup.soft_delete_retention_sufficient

default _days := 14

_days := input.resource.properties.securitySettings.softDeleteSettings.retentionDurationInDays

deny contains finding if {
	_days < data.parameters.backup_soft_delete_days_min
	finding := {
		"message": sprintf("a deleted backup stays recoverable for %d days", [_days]),
		"path": "resource.properties.securitySettings.softDeleteSettings.retentionDurationInDays",
		"actual": _days,
		"expected": sprintf("at least %v days", [data.parameters.backup_soft_delete_days_min]),
	}
}
