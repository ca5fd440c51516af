# METADATA
# title: Backups of the PostgreSQL server are not kept longer than allowed
# description: |
#   A record that was erased lives on in every backup taken before, and comes back with a restore. So the retention of backups adds to the
#   time for which personal data exists. Azure keeps 7 to 35 days of point-in-time restore; a limit under 7 days cannot be met by this
#   service. Long-term copies in a Backup vault, exports and dumps are not seen here.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/postgresql/flexible-server/concepts-backup-restore
# custom:
#   check: BKP-MAX-001
#   severity: medium
#   resource: Microsoft.DBforPostgreSQL/flexibleServers
#   reads:
#     - {path: resource.properties.backup.backupRetentionDays, type: integer}
#     - {path: resource.properties.replicationRole, type: string}
#   parameters:
#     backup_retention_days_max: {type: integer, default: 35, min: 1, max: 35, meaning: most days that backups of the data may be kept}
#   controls:
#     GDPR-5-1-e: caps the days for which identifiable data survives in point-in-time backups
#     GDPR-17-1: bounds how long a copy of an erased record remains in the backups of this server
#     GDPR-30-1-f: lets the erasure limit in the record of processing be compared with the retention in force
#   remediation:
#     az: az postgres flexible-server update --resource-group RESOURCE_GROUP --name SERVER --backup-retention 14
#     terraform: |
#       resource "azurerm_postgresql_flexible_server" "this" {
#         # ...
#         backup_retention_days = 14
#       }
#     bicep: |
#       resource server 'Microsoft.DBforPostgreSQL/flexibleServers@2025-08-01' = {
#         // ...
#         properties: {
#           backup: {
#             backupRetentionDays: 14
#           }
#         }
#       }
#     note: Shortening the retention deletes the older restore points. Stay above backup_retention_days_min.
package azure.postgresql.backup_retention_bounded

import data.lib.replicas

retention_days := input.resource.properties.backup.backupRetentionDays

not_applicable contains "a read replica keeps no backups of its own" if replicas.replica(input.resource.properties.replicationRole)

deny contains finding if {
	retention_days > data.parameters.backup_retention_days_max
	finding := {
		"message": sprintf("backups are kept for %v days, more than %v", [retention_days, data.parameters.backup_retention_days_max]),
		"path": "resource.properties.backup.backupRetentionDays",
		"actual": retention_days,
		"expected": sprintf("at most %v", [data.parameters.backup_retention_days_max]),
	}
}

unknown contains sprintf("the replication role %q is not known", [input.resource.properties.replicationRole]) if {
	not replicas.known(input.resource.properties.replicationRole)
}
