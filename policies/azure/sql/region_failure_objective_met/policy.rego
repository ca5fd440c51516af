# METADATA
# title: The SQL database can keep its recovery objectives when its region is lost
# description: |
#   Compares the declared objectives (rto_minutes, rpo_minutes) with how the database typically comes back in another region: by a
#   failover to a copy there (failover group or active geo-replication), or by a restore of geo-redundant backups. A failover counts
#   from the moment that the firm orders it; one that is left to Microsoft comes an hour after the outage at the earliest
#   (failover_policy_as_decided). The figures are Microsoft's typical ones and no service level; the library lists them with the pages
#   they come from. A measured time, given as a parameter, counts before them. Links and backups in force are known to Azure only, so
#   code gives unknown.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/reliability/reliability-sql-database
#   - ref: https://learn.microsoft.com/azure/azure-sql/database/business-continuity-high-availability-disaster-recover-hadr-overview
# custom:
#   check: HAO-SQL-001
#   severity: high
#   resource: Microsoft.Sql/servers/databases
#   reads:
#     - {path: children.replicationLinks.*.properties.partnerLocation, type: string}
#     - {path: children.replicationLinks.*.properties.replicationState, type: string}
#     - {path: resource.properties.currentBackupStorageRedundancy, type: string}
#     - {path: resource.location, type: string}
#     - context.rto_minutes
#     - context.rpo_minutes
#   parameters:
#     failover_time_measured_minutes: {type: integer, default: 0, min: 0, max: 10080, meaning: minutes that the last tested failover to another region took; 0 when none was measured}
#     geo_restore_time_measured_minutes: {type: integer, default: 0, min: 0, max: 10080, meaning: minutes that the last tested restore in another region took; 0 when none was measured}
#     objectives_hold_for_region: {type: boolean, default: true, meaning: whether the declared recovery objectives hold for the loss of a whole region too}
#   controls:
#     DORA-12-6: compares the recovery objectives declared for the database with what it can typically do after the loss of a region
#     DORA-11-5: shows whether the database was built as the impact analysis, from which the objectives come, asks
#     DORA-12-4: names the spare capacity that the database has for the loss of a region, and what it is worth in minutes
#     RTS-24-1-b-ii-2: shows a database whose typical recovery after the loss of a region is slower than its objectives
#     RTS-26-1-c: tells whether the plan for the loss of a region has a way back that fits the objectives of the database
#     GDPR-32-1-c: shows how soon access to personal data in the database typically returns after the loss of a region
#   remediation:
#     az: |
#       az sql failover-group create --resource-group RESOURCE_GROUP --server SERVER --name GROUP --partner-server SECONDARY --add-db DATABASE --failover-policy Manual
#     terraform: |
#       resource "azurerm_mssql_failover_group" "example" {
#         name      = "GROUP"
#         server_id = azurerm_mssql_server.example.id
#         databases = [azurerm_mssql_database.example.id]
#         partner_server {
#           id = azurerm_mssql_server.secondary.id
#         }
#         read_write_endpoint_failover_policy {
#           mode = "Manual"
#         }
#       }
#     bicep: |
#       resource group 'Microsoft.Sql/servers/failoverGroups@2023-08-01' = {
#         parent: server
#         name: 'GROUP'
#         properties: {
#           partnerServers: [{ id: secondary.id }]
#           databases: [database.id]
#           readWriteEndpoint: { failoverPolicy: 'Manual' }
#         }
#       }
package azure.sql.region_failure_objective_met

import data.lib.arm
import data.lib.resilience

_redundancy := input.resource.properties.currentBackupStorageRedundancy

default _rto := null

_rto := input.context.rto_minutes

default _rpo := null

_rpo := input.context.rpo_minutes

_states contains link.properties.replicationState if {
	some link in input.children.replicationLinks
	arm.region(link.properties.partnerLocation) != arm.region(input.resource.location)
}

_follows if {
	some state in _states
	arm.same(state, "CATCH_UP")
}

_ways contains resilience.way("sql", "regional failover", data.parameters.failover_time_measured_minutes) if _follows

_ways contains resilience.way("sql", "geo restore", data.parameters.geo_restore_time_measured_minutes) if {
	arm.one_of(_redundancy, ["Geo", "GeoZone"])
}

_redundancy_known if arm.one_of(_redundancy, ["Geo", "GeoZone", "Local", "Zone"])

_states_known if {
	every state in _states {
		arm.one_of(state, ["CATCH_UP", "PENDING", "SEEDING", "SUSPENDED"])
	}
}

not_applicable contains "the recovery objectives are not declared for the loss of a region" if data.parameters.objectives_hold_for_region == false

not_applicable contains "the system database belongs to Azure" if lower(input.resource.name) == "master"

deny contains finding if {
	_redundancy_known
	_states_known
	resilience.missed(_ways, _rto, _rpo)
	finding := resilience.finding("region", _ways, _rto, _rpo, "children.replicationLinks.*.properties.partnerLocation")
}

unknown contains reason if some reason in resilience.undecided("region", _ways, _rto, _rpo)

unknown contains sprintf("currentBackupStorageRedundancy is %q, which this policy does not know", [_redundancy]) if {
	not arm.one_of(_redundancy, ["Geo", "GeoZone", "Local", "Zone"])
}

unknown contains "the state of replication to another region is not known" if not _states_known
