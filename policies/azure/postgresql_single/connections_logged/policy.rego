# METADATA
# title: The PostgreSQL single server records who connects
# description: |
#   Without log_connections a sign-in leaves no line in the log: neither who came, nor from where, nor the attempts before it. Azure has
#   retired the platform (retired_platform_left).
# related_resources:
#   - ref: https://learn.microsoft.com/azure/postgresql/migrate/whats-happening-to-postgresql-single-server
# custom:
#   check: LOG-PGS-001
#   severity: medium
#   resource: Microsoft.DBforPostgreSQL/servers/configurations
#   reads:
#     - {path: resource.properties.value, type: string}
#     - {path: resource.name, type: string}
#   controls:
#     DORA-10-1: connections are among the events from which anomalies are recognised
#     RTS-12-2-c: shows that connections are recorded, one of the kinds of event that logging has to cover
#     RTS-8-2-b-iii: operating procedures that ask for a trail of connections find it switched on
#     GDPR-32-1-d: without connections on record nobody can assess whether the measures work
#   fix: {path: resource.properties.value, value: "on"}
#   remediation:
#     terraform: |
#       resource "azurerm_postgresql_configuration" "log_connections" {
#         name                = "log_connections"
#         resource_group_name = "RESOURCE_GROUP"
#         server_name         = "SERVER"
#         value               = "on"
#       }
#     bicep: |
#       resource parameter 'Microsoft.DBforPostgreSQL/servers/configurations@2017-12-01' = {
#         parent: server
#         name: 'log_connections'
#         properties: {
#           value: 'on'
#           source: 'user-override'
#         }
#       }
#     note: |
#       Azure has retired the platform and makes no new servers of this kind. Mend the code only to move it: a flexible server takes its
#       place (retired_platform_left).
package azure.postgresql_single.connections_logged

import data.lib.arm

_value := input.resource.properties.value

not_applicable contains "the parameter is not log_connections" if not arm.same(input.resource.name, "log_connections")

deny contains finding if {
	arm.same(_value, "off")
	finding := {
		"message": sprintf("log_connections is %s", [_value]),
		"path": "resource.properties.value",
		"actual": _value,
		"expected": "on",
	}
}

unknown contains sprintf("log_connections is %q, which this policy does not know", [_value]) if {
	not arm.one_of(_value, ["on", "off"])
}
