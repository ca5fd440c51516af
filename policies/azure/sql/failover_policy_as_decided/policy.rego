# METADATA
# title: The failover policy of the SQL failover group is the one that the firm decided on
# description: |
#   With the policy Automatic, Microsoft fails the group over on its own, with loss of data, an hour after a regional outage at the
#   earliest and likely much later; with Manual the firm decides and orders it. Microsoft advises Manual. What counts is that the group
#   does what the recovery plan says: set sql_failover_policy to the decision, or to any where it is left open.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/azure-sql/database/failover-group-sql-db
# custom:
#   check: SQL-GEO-002
#   severity: low
#   resource: Microsoft.Sql/servers/failoverGroups
#   reads:
#     - {path: resource.properties.readWriteEndpoint.failoverPolicy, type: string}
#   parameters:
#     sql_failover_policy: {type: string, default: Manual, allowed: [Manual, Automatic, any], meaning: whether the firm (Manual) or Microsoft (Automatic) orders the failover of SQL failover groups}
#   controls:
#     RTS-26-2: shows whether the switchover is triggered as the plan for the loss of a region says
#     DORA-12-6: a recovery time of less than an hour cannot rest on a failover that Microsoft orders
#     DORA-11-5: compares how the redundant pair is switched with the design that was decided
#   fix: {path: resource.properties.readWriteEndpoint.failoverPolicy, parameter: sql_failover_policy}
#   remediation:
#     az: az sql failover-group update --resource-group RESOURCE_GROUP --server SERVER --name GROUP --failover-policy Manual
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
package azure.sql.failover_policy_as_decided

import data.lib.arm

_policy := input.resource.properties.readWriteEndpoint.failoverPolicy

not_applicable contains "the firm leaves open who orders a failover" if data.parameters.sql_failover_policy == "any"

deny contains finding if {
	arm.one_of(_policy, ["Manual", "Automatic"])
	not arm.same(_policy, data.parameters.sql_failover_policy)
	finding := {
		"message": sprintf("the failover policy is %s, the firm decided on %s", [_policy, data.parameters.sql_failover_policy]),
		"path": "resource.properties.readWriteEndpoint.failoverPolicy",
		"actual": _policy,
		"expected": data.parameters.sql_failover_policy,
	}
}

unknown contains sprintf("failoverPolicy is %q, which this policy does not know", [_policy]) if {
	not arm.one_of(_policy, ["Manual", "Automatic"])
}
