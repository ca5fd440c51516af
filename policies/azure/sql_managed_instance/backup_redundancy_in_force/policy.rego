# METADATA
# title: Backups of the SQL managed instance are stored as was asked for
# description: |
#   A change of the redundancy of backups takes time, and one that Azure could not carry out leaves the old storage in place. Until both
#   values agree, the instance relies on a copy that is not there, or keeps one where none should be. A fact of running Azure: code gives no
#   verdict.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/azure-sql/managed-instance/automated-backups-overview
# custom:
#   check: SQLMI-BKP-005
#   severity: medium
#   resource: Microsoft.Sql/managedInstances
#   reads:
#     - {path: resource.properties.requestedBackupStorageRedundancy, type: string}
#     - {path: resource.properties.currentBackupStorageRedundancy, type: string}
#   controls:
#     DORA-12-1-a: compares the scope of backup that was ordered for the instance with the one in force
#     RTS-8-2-b-i: shows whether the place of backup copies that the procedures require has been reached
#     GDPR-32-1-c: the copy on which a restore of the instance would rely is there, and not only ordered
#   remediation:
#     az: az sql mi update --resource-group RESOURCE_GROUP --name INSTANCE --backup-storage-redundancy Geo
#     note: Wait until both values agree. When they do not after two days, order the change again or ask Microsoft.
package azure.sql_managed_instance.backup_redundancy_in_force

import data.lib.arm

_requested := input.resource.properties.requestedBackupStorageRedundancy

_current := input.resource.properties.currentBackupStorageRedundancy

deny contains finding if {
	not arm.same(_current, _requested)
	finding := {
		"message": sprintf("backups are stored as %s, and %s was asked for", [_current, _requested]),
		"path": "resource.properties.currentBackupStorageRedundancy",
		"actual": _current,
		"expected": _requested,
	}
}
