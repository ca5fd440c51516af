# METADATA
# title: The PostgreSQL server can keep its recovery objectives when its region is lost
# description: |
#   Compares the declared objectives (rto_minutes, rpo_minutes) with how the server typically comes back in another region: by the
#   promotion of a replica there, which people order, or by a restore of geo-redundant backups, which is taken to need more than an
#   hour. The figures are Microsoft's typical ones and no service level; the library lists them with the pages they come from. Where a
#   time is a range or not published, a measured one decides, given as a parameter. Firms that declare their objectives for smaller
#   faults set objectives_hold_for_region to false.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/postgresql/backup-restore/concepts-business-continuity
#   - ref: https://learn.microsoft.com/azure/postgresql/read-replica/concepts-read-replicas-promote
# custom:
#   check: HAO-PG-002
#   severity: high
#   resource: Microsoft.DBforPostgreSQL/flexibleServers
#   reads:
#     - {path: related.replicas.*.location, type: string}
#     - path: resource.properties.backup.geoRedundantBackup
#       type: string
#       absent: "Disabled: Azure's default for a new server"
#     - {path: resource.location, type: string}
#     - {path: resource.properties.replicationRole, type: string}
#     - context.rto_minutes
#     - context.rpo_minutes
#   parameters:
#     failover_time_measured_minutes: {type: integer, default: 0, min: 0, max: 10080, meaning: minutes that the last tested failover to another region took; 0 when none was measured}
#     geo_restore_time_measured_minutes: {type: integer, default: 0, min: 0, max: 10080, meaning: minutes that the last tested restore in another region took; 0 when none was measured}
#     objectives_hold_for_region: {type: boolean, default: true, meaning: whether the declared recovery objectives hold for the loss of a whole region too}
#   controls:
#     DORA-12-6: compares the recovery objectives declared for the server with what it can typically do after the loss of a region
#     DORA-11-5: shows whether the server was built as the impact analysis, from which the objectives come, asks
#     DORA-12-4: names the spare capacity that the server has for the loss of a region, and what it is worth in minutes
#     RTS-24-1-b-ii-2: shows a server whose typical recovery after the loss of a region is slower than its objectives
#     RTS-26-1-c: tells whether the plan for the loss of a region has a way back that fits the objectives of the server
#     GDPR-32-1-c: shows how soon access to personal data in the server typically returns after the loss of a region
#   remediation:
#     az: |
#       az postgres flexible-server replica create --resource-group RESOURCE_GROUP --name REPLICA --source-server SERVER --location northeurope
#     terraform: |
#       resource "azurerm_postgresql_flexible_server" "replica" {
#         # ...
#         location         = "northeurope"
#         create_mode      = "Replica"
#         source_server_id = azurerm_postgresql_flexible_server.example.id
#       }
#     bicep: |
#       resource replica 'Microsoft.DBforPostgreSQL/flexibleServers@2025-08-01' = {
#         // ...
#         location: 'northeurope'
#         properties: {
#           createMode: 'Replica'
#           sourceServerResourceId: server.id
#         }
#       }
#     note: |
#       Geo-redundant backup is fixed when a server is created. A replica can be added at any time, on sizes other than Burstable.
package azure.postgresql.region_failure_objective_met

import data.lib.arm
import data.lib.replicas
import data.lib.resilience

default _geo_redundant := "Disabled"

_geo_redundant := input.resource.properties.backup.geoRedundantBackup

default _rto := null

_rto := input.context.rto_minutes

default _rpo := null

_rpo := input.context.rpo_minutes

_replica_elsewhere if {
	some replica in input.related.replicas
	arm.region(replica.location) != arm.region(input.resource.location)
}

_ways contains resilience.way("postgresql", "regional failover", data.parameters.failover_time_measured_minutes) if _replica_elsewhere

_ways contains resilience.way("postgresql", "geo restore", data.parameters.geo_restore_time_measured_minutes) if {
	arm.same(_geo_redundant, "Enabled")
}

_geo_redundant_known if arm.one_of(_geo_redundant, ["Enabled", "Disabled"])

not_applicable contains "the recovery objectives are not declared for the loss of a region" if data.parameters.objectives_hold_for_region == false

not_applicable contains "a read replica is a way back of its source, and has none of its own" if {
	replicas.replica(input.resource.properties.replicationRole)
}

deny contains finding if {
	_geo_redundant_known
	resilience.missed(_ways, _rto, _rpo)
	finding := resilience.finding("region", _ways, _rto, _rpo, "resource.properties.backup.geoRedundantBackup")
}

unknown contains reason if some reason in resilience.undecided("region", _ways, _rto, _rpo)

unknown contains sprintf("the geo-redundant backup setting %q is not known", [_geo_redundant]) if not _geo_redundant_known

unknown contains sprintf("the replication role %q is not known", [input.resource.properties.replicationRole]) if {
	not replicas.known(input.resource.properties.replicationRole)
}
