# METADATA
# title: The backup instance is protected
# description: |
#   A backup instance can be there and back up nothing: its last configuration failed, somebody stopped it, or its schedules are suspended.
#   Only ProtectionConfigured means that backups are taken. The state is known of running vaults only; while it changes, the finding is
#   unknown.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/backup/backup-azure-database-postgresql-flex-overview
# custom:
#   check: PG-LTR-001
#   severity: high
#   resource: Microsoft.DataProtection/backupVaults/backupInstances
#   reads:
#     - {path: resource.properties.currentProtectionState, type: string}
#   controls:
#     DORA-12-1-a: shows whether data that is meant to be backed up really is
#     DORA-9-3-b: a backup that has stopped protects against no loss
#     RTS-8-2-b-i: compares the backup requirement with what runs
#     GDPR-32-1-c: without current backups there is nothing to restore personal data from
#   remediation:
#     az: az dataprotection backup-instance resume-protection --resource-group RESOURCE_GROUP --vault-name VAULT --backup-instance-name INSTANCE
#     portal: Backup vault > Backup instances > the instance > Resume backup, or the error details where the protection failed
package azure.backup.instance_protected

import data.lib.arm

_protection := input.resource.properties.currentProtectionState

deny contains finding if {
	arm.one_of(_protection, ["ProtectionError", "ProtectionStopped", "NotProtected", "BackupSchedulesSuspended", "RetentionSchedulesSuspended", "ConfiguringProtectionFailed", "SoftDeleted"])
	finding := {
		"message": sprintf("the protection of the data source is %s", [_protection]),
		"path": "resource.properties.currentProtectionState",
		"actual": _protection,
		"expected": "ProtectionConfigured",
	}
}

unknown contains sprintf("currentProtectionState is %q, which this policy does not know", [_protection]) if {
	not arm.one_of(_protection, ["ProtectionConfigured", "ProtectionError", "ProtectionStopped", "NotProtected", "BackupSchedulesSuspended", "RetentionSchedulesSuspended", "ConfiguringProtectionFailed", "SoftDeleted"])
}
