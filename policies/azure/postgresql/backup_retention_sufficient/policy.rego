# METADATA
# title: Backups of the PostgreSQL server reach back far enough
# description: |
#   Damage that is found late, such as silent corruption or a faulty batch run, can only be undone while a restore point from before it
#   still exists. Azure keeps 7 to 35 days, 7 by default. A server restored or copied from another takes over its retention when the code
#   names none; then the default assumed here may be wrong. Copies in a Backup vault are not counted.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/postgresql/flexible-server/concepts-backup-restore
# custom:
#   check: PG-BKP-001
#   severity: high
#   resource: Microsoft.DBforPostgreSQL/flexibleServers
#   reads:
#     - path: resource.properties.backup.backupRetentionDays
#       type: integer
#       absent: "7 days: what Azure gives a new server for which no retention is named"
#     - {path: resource.properties.replicationRole, type: string}
#   parameters:
#     backup_retention_days_min: {type: integer, default: 14, min: 1, max: 35, meaning: fewest days of point-in-time restore}
#   controls:
#     DORA-12-1-a: shows that the retention in force is at least the one set for data of this class
#     DORA-9-3-b: a longer reach of restore lowers the chance that corrupted or deleted data is lost for good
#     RTS-8-2-b-i: compares the server with the backup requirement that the operating procedures lay down
#     GDPR-32-1-c: personal data can be brought back from any point in the retention period
#   fix: {path: resource.properties.backup.backupRetentionDays, parameter: backup_retention_days_min}
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
#     note: A longer retention fills up day by day; days that are already gone do not come back.
package azure.postgresql.backup_retention_sufficient

import data.lib.replicas

default retention_days := 7

retention_days := input.resource.properties.backup.backupRetentionDays

not_applicable contains "a read replica keeps no backups of its own" if replicas.replica(input.resource.properties.replicationRole)

deny contains finding if {
	retention_days < data.parameters.backup_retention_days_min
	finding := {
		"message": sprintf("backups are kept for %v days, fewer than %v", [retention_days, data.parameters.backup_retention_days_min]),
		"path": "resource.properties.backup.backupRetentionDays",
		"actual": retention_days,
		"expected": sprintf("at least %v", [data.parameters.backup_retention_days_min]),
	}
}

unknown contains sprintf("the replication role %q is not known", [input.resource.properties.replicationRole]) if {
	not replicas.known(input.resource.properties.replicationRole)
}
