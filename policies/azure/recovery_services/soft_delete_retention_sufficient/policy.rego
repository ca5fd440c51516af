# METADATA
# title: The Recovery Services vault keeps deleted backups long enough
# description: |
#   A deletion is often noticed only when somebody needs the backup. The retention of soft delete is the time that remains for that.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/backup/backup-azure-enhanced-soft-delete-about
# custom:
#   check: BV-SEC-003
#   severity: low
#   resource: Microsoft.RecoveryServices/vaults
#   reads:
#     - {path: resource.properties.securitySettings.softDeleteSettings.softDeleteRetentionPeriodInDays, type: integer}
#   parameters:
#     backup_soft_delete_days_min: {type: integer, default: 14, min: 14, max: 180, meaning: fewest days that a deleted backup stays recoverable}
#   controls:
#     DORA-9-3-b: sets how many days remain to notice that a backup was destroyed
#     DORA-9-3-d: a mistake can only be undone for as long as this
#   fix: {path: resource.properties.securitySettings.softDeleteSettings.softDeleteRetentionPeriodInDays, parameter: backup_soft_delete_days_min}
#   remediation:
#     az: az backup vault backup-properties set --resource-group RESOURCE_GROUP --name VAULT --soft-delete-feature-state Enable --soft-delete-duration 14
#     bicep: |
#       resource vault 'Microsoft.RecoveryServices/vaults@2025-02-01' = {
#         // ...
#         properties: {
#           securitySettings: {
#             softDeleteSettings: {
#               softDeleteRetentionPeriodInDays: 14
#             }
#           }
#         }
#       }
package azure.recovery_services.soft_delete_retention_sufficient

_days := input.resource.properties.securitySettings.softDeleteSettings.softDeleteRetentionPeriodInDays

deny contains finding if {
	_days < data.parameters.backup_soft_delete_days_min
	finding := {
		"message": sprintf("a deleted backup stays recoverable for %d days", [_days]),
		"path": "resource.properties.securitySettings.softDeleteSettings.softDeleteRetentionPeriodInDays",
		"actual": _days,
		"expected": sprintf("at least %v days", [data.parameters.backup_soft_delete_days_min]),
	}
}
