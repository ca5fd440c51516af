# METADATA
# title: A PostgreSQL server with backups alone can keep its recovery objectives
# description: |
#   A server without a standby comes back from a fault of its machine or storage, when Azure cannot repair it, by a restore of its
#   backups. The policy compares that with the declared objectives (rto_minutes, rpo_minutes). The length of a restore depends on the
#   size of the data: give the time that the last test took as restore_time_measured_minutes; without it the finding is unknown where
#   the published figures do not decide. The figures are Microsoft's typical ones and no service level; the library lists them with the
#   pages they come from. Read replicas are not counted.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/postgresql/backup-restore/concepts-business-continuity
# custom:
#   check: HAO-PG-003
#   severity: high
#   resource: Microsoft.DBforPostgreSQL/flexibleServers
#   reads:
#     - {path: resource.properties.highAvailability.mode, type: string}
#     - {path: resource.properties.replicationRole, type: string}
#     - context.rto_minutes
#     - context.rpo_minutes
#   parameters:
#     restore_time_measured_minutes: {type: integer, default: 0, min: 0, max: 10080, meaning: minutes that the last tested restore from backup took; 0 when none was measured}
#   controls:
#     DORA-12-6: compares the recovery objectives declared for the server with what it can typically do after a fault that only a restore repairs
#     DORA-11-5: shows whether the server was built as the impact analysis, from which the objectives come, asks
#     DORA-12-4: names the spare capacity that the server has for a fault that only a restore repairs, and what it is worth in minutes
#     RTS-24-1-b-ii-2: shows a server whose typical recovery after a fault that only a restore repairs is slower than its objectives
#     RTS-26-1-c: tells whether the plan for a fault that only a restore repairs has a way back that fits the objectives of the server
#     GDPR-32-1-c: shows how soon access to personal data in the server typically returns after a fault that only a restore repairs
#   remediation:
#     az: az postgres flexible-server update --resource-group RESOURCE_GROUP --name SERVER --zonal-resiliency Enabled
#     terraform: |
#       resource "azurerm_postgresql_flexible_server" "example" {
#         # ...
#         zone = "1"
#         high_availability {
#           mode                      = "ZoneRedundant"
#           standby_availability_zone = "2"
#         }
#       }
#     bicep: |
#       resource server 'Microsoft.DBforPostgreSQL/flexibleServers@2025-08-01' = {
#         // ...
#         properties: {
#           highAvailability: {
#             mode: 'ZoneRedundant'
#           }
#         }
#       }
#     note: |
#       A tested restore that fits is as good as a standby here: give the time it took as restore_time_measured_minutes.
package azure.postgresql.restore_objective_met

import data.lib.arm
import data.lib.replicas
import data.lib.resilience

_mode := input.resource.properties.highAvailability.mode

default _rto := null

_rto := input.context.rto_minutes

default _rpo := null

_rpo := input.context.rpo_minutes

_ways := {resilience.way("postgresql", "restore", data.parameters.restore_time_measured_minutes)}

not_applicable contains sprintf("a standby protects the server besides its backups: high availability is %s", [_mode]) if {
	arm.one_of(_mode, ["ZoneRedundant", "SameZone"])
}

not_applicable contains "a read replica is a way back of its source, and keeps no backups" if {
	replicas.replica(input.resource.properties.replicationRole)
}

deny contains finding if {
	arm.same(_mode, "Disabled")
	resilience.missed(_ways, _rto, _rpo)
	finding := resilience.finding("server", _ways, _rto, _rpo, "resource.properties.highAvailability.mode")
}

unknown contains reason if some reason in resilience.undecided("server", _ways, _rto, _rpo)

unknown contains sprintf("the high availability mode %q is not known", [_mode]) if {
	not arm.one_of(_mode, ["ZoneRedundant", "SameZone", "Disabled"])
}

unknown contains sprintf("the replication role %q is not known", [input.resource.properties.replicationRole]) if {
	not replicas.known(input.resource.properties.replicationRole)
}
