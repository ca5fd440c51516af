# METADATA
# title: The MySQL server can keep its recovery objectives when a zone is lost
# description: |
#   Compares the declared objectives (rto_minutes, rpo_minutes) with how the server typically comes back when its zone is lost: by its
#   standby, or by a restore of its geo-redundant backups; backups in the region may share its zone. Replicas are not counted here. The
#   figures are Microsoft's typical ones and no service level; the library lists them with the pages they come from. Where a time is a
#   range or not published, a measured one decides, given as a parameter.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/mysql/flexible-server/concepts-business-continuity
#   - ref: https://learn.microsoft.com/azure/mysql/flexible-server/concepts-high-availability
# custom:
#   check: HAO-MY-001
#   severity: high
#   resource: Microsoft.DBforMySQL/flexibleServers
#   reads:
#     - path: resource.properties.highAvailability.mode
#       type: string
#       absent: "Disabled: Azure's default for a server that asks for no high availability"
#     - path: resource.properties.backup.geoRedundantBackup
#       type: string
#       absent: "Disabled: Azure's default for a new server"
#     - {path: resource.properties.replicationRole, type: string}
#     - context.rto_minutes
#     - context.rpo_minutes
#   parameters:
#     geo_restore_time_measured_minutes: {type: integer, default: 0, min: 0, max: 10080, meaning: minutes that the last tested restore in another region took; 0 when none was measured}
#   controls:
#     DORA-12-6: compares the recovery objectives declared for the server with what it can typically do after the loss of a zone
#     DORA-11-5: shows whether the server was built as the impact analysis, from which the objectives come, asks
#     DORA-12-4: names the spare capacity that the server has for the loss of a zone, and what it is worth in minutes
#     RTS-24-1-b-ii-2: shows a server whose typical recovery after the loss of a zone is slower than its objectives
#     RTS-26-1-c: tells whether the plan for the loss of a zone has a way back that fits the objectives of the server
#     GDPR-32-1-c: shows how soon access to personal data in the server typically returns after the loss of a zone
#   remediation:
#     az: az mysql flexible-server update --resource-group RESOURCE_GROUP --name SERVER --high-availability ZoneRedundant
#     terraform: |
#       resource "azurerm_mysql_flexible_server" "example" {
#         # ...
#         zone = "1"
#         high_availability {
#           mode                      = "ZoneRedundant"
#           standby_availability_zone = "2"
#         }
#       }
#     bicep: |
#       resource server 'Microsoft.DBforMySQL/flexibleServers@2023-12-30' = {
#         // ...
#         properties: {
#           highAvailability: {
#             mode: 'ZoneRedundant'
#           }
#         }
#       }
#     note: |
#       Not offered on Burstable sizes. Where the objectives are what is wrong, declare what the business impact analysis says.
package azure.mysql.zone_failure_objective_met

import data.lib.arm
import data.lib.replicas
import data.lib.resilience

default _mode := "Disabled"

_mode := input.resource.properties.highAvailability.mode

default _geo_redundant := "Disabled"

_geo_redundant := input.resource.properties.backup.geoRedundantBackup

default _rto := null

_rto := input.context.rto_minutes

default _rpo := null

_rpo := input.context.rpo_minutes

_ways contains resilience.way("mysql", "zone redundant", 0) if arm.same(_mode, "ZoneRedundant")

_ways contains resilience.way("mysql", "geo restore", data.parameters.geo_restore_time_measured_minutes) if {
	arm.same(_geo_redundant, "Enabled")
}

_mode_known if arm.one_of(_mode, ["ZoneRedundant", "SameZone", "Disabled"])

_geo_redundant_known if arm.one_of(_geo_redundant, ["Enabled", "Disabled"])

not_applicable contains "a read replica is a way back of its source, and has none of its own" if {
	replicas.replica(input.resource.properties.replicationRole)
}

deny contains finding if {
	_mode_known
	_geo_redundant_known
	finding := resilience.finding("zone", _ways, _rto, _rpo, "resource.properties.highAvailability.mode")
	resilience.missed(_ways, _rto, _rpo)
}

unknown contains reason if some reason in resilience.undecided("zone", _ways, _rto, _rpo)

unknown contains sprintf("the high availability mode %q is not known", [_mode]) if not _mode_known

unknown contains sprintf("the geo-redundant backup setting %q is not known", [_geo_redundant]) if not _geo_redundant_known

unknown contains sprintf("the replication role %q is not known", [input.resource.properties.replicationRole]) if {
	not replicas.known(input.resource.properties.replicationRole)
}
