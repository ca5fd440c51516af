# METADATA
# title: PostgreSQL records when sessions end
# description: |
#   Without log_disconnections the log shows when somebody came and not how long they stayed, which tells a short query from a slow copy of
#   the whole database. Azure keeps the parameter on and lets nobody change it on the versions that it documents, so that a fail means code
#   that asks for something Azure refuses, or a server on an older rule. A template that does not set the parameter gives no verdict.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/postgresql/monitor/concepts-logging
# custom:
#   check: LOG-PG-003
#   severity: low
#   resource: Microsoft.DBforPostgreSQL/flexibleServers
#   reads:
#     - {path: children.configurations.log_disconnections.properties.value, type: string}
#   controls:
#     DORA-10-1: ends of sessions are among the events from which anomalies are recognised
#     RTS-12-2-c: shows that ends of sessions are recorded, one of the kinds of event that logging has to cover
#     RTS-8-2-b-iii: operating procedures that ask for a trail of ends of sessions find it switched on
#     GDPR-32-1-d: without ends of sessions on record nobody can assess whether the measures work
#   fix: {path: children.configurations.log_disconnections.properties.value, value: "on"}
#   remediation:
#     az: |
#       az postgres flexible-server parameter set --resource-group RESOURCE_GROUP --server-name SERVER --name log_disconnections --value on
#     terraform: |
#       resource "azurerm_postgresql_flexible_server_configuration" "log_disconnections" {
#         name      = "log_disconnections"
#         server_id = azurerm_postgresql_flexible_server.example.id
#         value     = "on"
#       }
#     bicep: |
#       resource logDisconnections 'Microsoft.DBforPostgreSQL/flexibleServers/configurations@2025-08-01' = {
#         parent: server
#         name: 'log_disconnections'
#         properties: {
#           value: 'on'
#           source: 'user-override'
#         }
#       }
#     portal: Server > Settings > Server parameters > log_disconnections > on > Save
package azure.postgresql.disconnections_logged

import data.lib.arm

_value := input.children.configurations.log_disconnections.properties.value

deny contains finding if {
	arm.same(_value, "off")
	finding := {
		"message": sprintf("log_disconnections is %s", [_value]),
		"path": "children.configurations.log_disconnections.properties.value",
		"actual": _value,
		"expected": "on",
	}
}

unknown contains sprintf("log_disconnections is %q, which this policy does not know", [_value]) if {
	not arm.one_of(_value, ["on", "off"])
}
