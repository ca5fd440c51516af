# METADATA
# title: PostgreSQL records who connects
# description: |
#   Without log_connections a sign-in leaves no line in the log: neither who came, nor from where, nor the attempts before it. Azure keeps
#   the parameter on and lets nobody change it on the versions that it documents, so that a fail means code that asks for something Azure
#   refuses, or a server on an older rule. A template that does not set the parameter gives no verdict.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/postgresql/monitor/concepts-logging
# custom:
#   check: LOG-PG-002
#   severity: medium
#   resource: Microsoft.DBforPostgreSQL/flexibleServers
#   reads:
#     - {path: children.configurations.log_connections.properties.value, type: string}
#   controls:
#     DORA-10-1: connections are among the events from which anomalies are recognised
#     RTS-12-2-c: shows that connections are recorded, one of the kinds of event that logging has to cover
#     RTS-8-2-b-iii: operating procedures that ask for a trail of connections find it switched on
#     GDPR-32-1-d: without connections on record nobody can assess whether the measures work
#   fix: {path: children.configurations.log_connections.properties.value, value: "on"}
#   remediation:
#     az: |
#       az postgres flexible-server parameter set --resource-group RESOURCE_GROUP --server-name SERVER --name log_connections --value on
#     terraform: |
#       resource "azurerm_postgresql_flexible_server_configuration" "log_connections" {
#         name      = "log_connections"
#         server_id = azurerm_postgresql_flexible_server.example.id
#         value     = "on"
#       }
#     bicep: |
#       resource logConnections 'Microsoft.DBforPostgreSQL/flexibleServers/configurations@2025-08-01' = {
#         parent: server
#         name: 'log_connections'
#         properties: {
#           value: 'on'
#           source: 'user-override'
#         }
#       }
#     portal: Server > Settings > Server parameters > log_connections > on > Save
package azure.postgresql.connections_logged

import data.lib.arm

_value := input.children.configurations.log_connections.properties.value

deny contains finding if {
	arm.same(_value, "off")
	finding := {
		"message": sprintf("log_connections is %s", [_value]),
		"path": "children.configurations.log_connections.properties.value",
		"actual": _value,
		"expected": "on",
	}
}

unknown contains sprintf("log_connections is %q, which this policy does not know", [_value]) if {
	not arm.one_of(_value, ["on", "off"])
}
