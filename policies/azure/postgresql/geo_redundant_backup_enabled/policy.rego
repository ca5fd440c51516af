# METADATA
# title: Backups of the PostgreSQL server are copied to the paired region
# description: |
#   Without a copy elsewhere, the loss of the region takes the server and all its backups at once. The setting is fixed when the server is
#   created: a finding means a new server, by restore or migration. A region without a pair cannot offer it; the finding stays a fail there,
#   because no copy leaves the region, and is answered by another region, a cross-region replica or vault copy with a waiver, or the
#   parameter. Whether data may be kept in the paired region is another policy's question.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/postgresql/flexible-server/concepts-geo-disaster-recovery
# custom:
#   check: PG-BKP-002
#   severity: high
#   resource: Microsoft.DBforPostgreSQL/flexibleServers
#   reads:
#     - path: resource.properties.backup.geoRedundantBackup
#       type: string
#       absent: "Disabled: Azure's default for a new server"
#     - {path: resource.properties.replicationRole, type: string}
#   parameters:
#     geo_redundant_backup_required: {type: boolean, default: true, meaning: whether backups must be copied to the paired region}
#   controls:
#     DORA-12-1-a: shows whether the scope of backup for this class of data includes a copy outside the region
#     DORA-9-3-b: keeps the loss of one region from becoming the loss of the data
#     RTS-8-2-b-i: compares the server with the place of backup copies that the procedures require
#     GDPR-32-1-c: personal data can be restored in another region when its own is down
#     DORA-12-4: the copy is a storage resource in reserve that does not share the fate of the region
#     RTS-26-2: gives recovery plans for the failure of a site something to recover from
#   remediation:
#     az: |
#       az postgres flexible-server restore --resource-group RESOURCE_GROUP --name NEW_SERVER --source-server SERVER --geo-redundant-backup Enabled
#     terraform: |
#       resource "azurerm_postgresql_flexible_server" "this" {
#         # ...
#         geo_redundant_backup_enabled = true # changing it replaces the server
#       }
#     bicep: |
#       resource server 'Microsoft.DBforPostgreSQL/flexibleServers@2025-08-01' = {
#         // ...
#         properties: {
#           backup: {
#             geoRedundantBackup: 'Enabled'
#           }
#         }
#       }
#     note: |
#       The restore makes a new server; move the clients, then delete the old one. With a customer-managed key the copy needs a key and an
#       identity of its own in the paired region.
package azure.postgresql.geo_redundant_backup_enabled

import data.lib.arm
import data.lib.replicas

default geo_redundant_backup := "Disabled"

geo_redundant_backup := input.resource.properties.backup.geoRedundantBackup

not_applicable contains "geo-redundant backup is not required of this server" if {
	data.parameters.geo_redundant_backup_required == false
}

not_applicable contains "a read replica keeps no backups of its own" if replicas.replica(input.resource.properties.replicationRole)

deny contains finding if {
	arm.same(geo_redundant_backup, "Disabled")
	finding := {
		"message": sprintf("geo-redundant backup is %s, so no copy of the backups leaves the region", [geo_redundant_backup]),
		"path": "resource.properties.backup.geoRedundantBackup",
		"actual": geo_redundant_backup,
		"expected": "Enabled",
	}
}

unknown contains sprintf("the geo-redundant backup setting %q is not known", [geo_redundant_backup]) if {
	not arm.one_of(geo_redundant_backup, ["Enabled", "Disabled"])
}

unknown contains sprintf("the replication role %q is not known", [input.resource.properties.replicationRole]) if {
	not replicas.known(input.resource.properties.replicationRole)
}
