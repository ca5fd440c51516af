# METADATA
# title: The SQL database is in a failover group with a server in another region
# description: |
#   A failover group keeps a running copy of the database on a server in another region, and gives clients one name that follows the
#   writer. Without it the loss of the region means a restore of geo-redundant backups, with up to an hour of loss. A database that is
#   geo-replicated without a group fails here: its copy can take over, but each client has to be told (geo_replication_caught_up and
#   region_failure_objective_met count it). Code does not say where the partner is, so it gives unknown.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/azure-sql/database/failover-group-sql-db
#   - ref: https://learn.microsoft.com/azure/reliability/reliability-sql-database
# custom:
#   check: SQL-GEO-001
#   severity: high
#   resource: Microsoft.Sql/servers/databases
#   reads:
#     - {path: related.failover_groups.*.properties.partnerServers, type: array}
#     - {path: resource.location, type: string}
#   parameters:
#     regional_copy_required: {type: boolean, default: true, meaning: whether a database must have a copy in another region that can take over}
#   controls:
#     DORA-12-4: the copy on the partner server is the spare capacity of the database that does not share the fate of its region
#     DORA-11-5: shows whether a database for which the impact analysis asks a second region has one that can take over
#     RTS-26-2: gives the plan for the loss of a site or region a database to switch to
#     RTS-24-1-b-ii-2: objectives of minutes for the loss of a region can be met only from a copy of the database that is already there
#     GDPR-32-1-c: access to personal data in the database can come back while its first region is down
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
#     portal: SQL server > Data management > Failover groups > Add group
#     note: |
#       Connect through the name of the group (GROUP.database.windows.net). Replication is asynchronous.
package azure.sql.failover_group_in_another_region

import data.lib.arm

_partners contains partner if {
	some group in input.related.failover_groups
	some partner in group.properties.partnerServers
}

_elsewhere contains partner.location if {
	some partner in _partners
	arm.region(partner.location) != arm.region(input.resource.location)
}

_unplaced if {
	some partner in _partners
	not _placed(partner)
}

_placed(partner) if is_string(partner.location)

not_applicable contains "a copy in another region is not required of this database" if data.parameters.regional_copy_required == false

not_applicable contains "the system database belongs to Azure" if lower(input.resource.name) == "master"

deny contains finding if {
	count(_elsewhere) == 0
	not _unplaced
	finding := {
		"message": sprintf("single region: the database in %s is in %d failover groups, and none leads to another region", [input.resource.location, count(input.related.failover_groups)]),
		"path": "related.failover_groups.*.properties.partnerServers",
		"actual": count(input.related.failover_groups),
		"expected": "a failover group with a partner in another region",
	}
}

unknown contains "a partner server of the failover group does not say where it is" if _unplaced
