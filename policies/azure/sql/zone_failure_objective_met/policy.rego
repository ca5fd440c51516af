# METADATA
# title: The SQL database can keep its recovery objectives when a zone is lost
# description: |
#   Compares the declared objectives (rto_minutes, rpo_minutes) with how the database typically comes back when its zone is lost: by
#   zone redundancy, or by a restore of backups that do not share the zone. Copies in another region are not counted here. The figures
#   are Microsoft's typical ones and no service level; the library lists them with the pages they come from. Where a time is a range or
#   not published, a measured one decides, given as a parameter.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/reliability/reliability-sql-database
#   - ref: https://learn.microsoft.com/azure/azure-sql/database/business-continuity-high-availability-disaster-recover-hadr-overview
# custom:
#   check: HAO-SQL-001
#   severity: high
#   resource: Microsoft.Sql/servers/databases
#   reads:
#     - {path: resource.properties.zoneRedundant, type: boolean}
#     - path: resource.properties.requestedBackupStorageRedundancy
#       type: string
#       absent: "Geo: the default of a database that does not say otherwise"
#     - context.rto_minutes
#     - context.rpo_minutes
#   parameters:
#     restore_time_measured_minutes: {type: integer, default: 0, min: 0, max: 10080, meaning: minutes that the last tested restore from backup took; 0 when none was measured}
#     geo_restore_time_measured_minutes: {type: integer, default: 0, min: 0, max: 10080, meaning: minutes that the last tested restore in another region took; 0 when none was measured}
#   controls:
#     DORA-12-6: compares the recovery objectives declared for the database with what it can typically do after the loss of a zone
#     DORA-11-5: shows whether the database was built as the impact analysis, from which the objectives come, asks
#     DORA-12-4: names the spare capacity that the database has for the loss of a zone, and what it is worth in minutes
#     RTS-24-1-b-ii-2: shows a database whose typical recovery after the loss of a zone is slower than its objectives
#     RTS-26-1-c: tells whether the plan for the loss of a zone has a way back that fits the objectives of the database
#     GDPR-32-1-c: shows how soon access to personal data in the database typically returns after the loss of a zone
#   remediation:
#     az: az sql db update --resource-group RESOURCE_GROUP --server SERVER --name DATABASE --zone-redundant true
#     terraform: |
#       resource "azurerm_mssql_database" "example" {
#         # ...
#         zone_redundant = true
#       }
#     bicep: |
#       resource database 'Microsoft.Sql/servers/databases@2023-08-01' = {
#         // ...
#         properties: {
#           zoneRedundant: true
#         }
#       }
#     note: |
#       Not offered in the Basic and Standard tiers of the DTU model. A database in an elastic pool has the redundancy of the pool.
package azure.sql.zone_failure_objective_met

import data.lib.arm
import data.lib.resilience

_zone_redundant := input.resource.properties.zoneRedundant

default _redundancy := "Geo"

_redundancy := input.resource.properties.requestedBackupStorageRedundancy

default _rto := null

_rto := input.context.rto_minutes

default _rpo := null

_rpo := input.context.rpo_minutes

_ways contains resilience.way("sql", "zone redundant", 0) if _zone_redundant

_ways contains resilience.way("sql", "restore", data.parameters.restore_time_measured_minutes) if {
	arm.one_of(_redundancy, ["Zone", "GeoZone"])
}

_ways contains resilience.way("sql", "geo restore", data.parameters.geo_restore_time_measured_minutes) if {
	arm.one_of(_redundancy, ["Geo", "GeoZone"])
}

_redundancy_known if arm.one_of(_redundancy, ["Geo", "GeoZone", "Local", "Zone"])

not_applicable contains "the system database belongs to Azure" if lower(input.resource.name) == "master"

deny contains finding if {
	_redundancy_known
	is_boolean(_zone_redundant)
	resilience.missed(_ways, _rto, _rpo)
	finding := resilience.finding("zone", _ways, _rto, _rpo, "resource.properties.zoneRedundant")
}

unknown contains reason if some reason in resilience.undecided("zone", _ways, _rto, _rpo)

unknown contains sprintf("requestedBackupStorageRedundancy is %q, which this policy does not know", [_redundancy]) if not _redundancy_known
