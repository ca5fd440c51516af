# METADATA
# title: Backups of the SQL database are stored as was asked for
# description: |
#   A change of the redundancy of backups takes up to two days, and one that Azure could not carry out leaves the old storage in place.
#   Until both values agree, the database relies on a copy that is not there, or keeps one where none should be. A fact of running Azure:
#   code gives no verdict.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/azure-sql/database/automated-backups-overview
# custom:
#   check: SQL-BKP-005
#   severity: medium
#   resource: Microsoft.Sql/servers/databases
#   reads:
#     - {path: resource.properties.requestedBackupStorageRedundancy, type: string}
#     - {path: resource.properties.currentBackupStorageRedundancy, type: string}
#   controls:
#     DORA-12-1-a: compares the scope of backup that was ordered with the one in force
#     RTS-8-2-b-i: shows whether the place of backup copies that the procedures require has been reached
#     GDPR-32-1-c: the copy on which a restore would rely is there, and not only ordered
#   remediation:
#     az: |
#       az sql db show --resource-group RESOURCE_GROUP --server SERVER --name DATABASE \
#         --query "{asked: requestedBackupStorageRedundancy, inForce: currentBackupStorageRedundancy}"
#     note: Wait two days after a change. If the values still differ, ask for the redundancy again, then open a support request.
package azure.sql.backup_redundancy_in_force

import data.lib.arm

_requested := input.resource.properties.requestedBackupStorageRedundancy

_current := input.resource.properties.currentBackupStorageRedundancy

not_applicable contains "the system database belongs to Azure" if lower(input.resource.name) == "master"

deny contains finding if {
	not arm.same(_current, _requested)
	finding := {
		"message": sprintf("backups are stored as %s, and %s was asked for", [_current, _requested]),
		"path": "resource.properties.currentBackupStorageRedundancy",
		"actual": _current,
		"expected": _requested,
	}
}
