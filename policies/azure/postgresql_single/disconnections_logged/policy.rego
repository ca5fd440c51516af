# METADATA
# title: The PostgreSQL single server records when sessions end
# description: |
#   Without log_disconnections the log shows when somebody came and not how long they stayed, which tells a short query from a slow copy of
#   the whole database. Azure has retired the platform (retired_platform_left).
# related_resources:
#   - ref: https://learn.microsoft.com/azure/postgresql/migrate/whats-happening-to-postgresql-single-server
# custom:
#   check: LOG-PGS-002
#   severity: low
#   resource: Microsoft.DBforPostgreSQL/servers/configurations
#   reads:
#     - {path: resource.properties.value, type: string}
#     - {path: resource.name, type: string}
#   controls:
#     DORA-10-1: ends of sessions are among the events from which anomalies are recognised
#     RTS-12-2-c: shows that ends of sessions are recorded, one of the kinds of event that logging has to cover
#     RTS-8-2-b-iii: operating procedures that ask for a trail of ends of sessions find it switched on
#     GDPR-32-1-d: without ends of sessions on record nobody can assess whether the measures work
#   fix: {path: resource.properties.value, value: "on"}
#   remediation:
#     terraform: |
#       resource "azurerm_postgresql_configuration" "log_disconnections" {
#         name                = "log_disconnections"
#         resource_group_name = "RESOURCE_GROUP"
#         server_name         = "SERVER"
#         value               = "on"
#       }
#     bicep: |
#       resource parameter 'Microsoft.DBforPostgreSQL/servers/configurations@2017-12-01' = {
#         parent: server
#         name: 'log_disconnections'
#         properties: {
#           value: 'on'
#           source: 'user-override'
#         }
#       }
#     note: |
#       Azure has retired the platform and makes no new servers of this kind. Mend the code only to move it: a flexible server takes its
#       place (retired_platform_left).
package azure.postgresql_single.disconnections_logged

import data.lib.arm

_value := input.resource.properties.value

not_applicable contains "the parameter is not log_disconnections" if not arm.same(input.resource.name, "log_disconnections")

deny contains finding if {
	arm.same(_value, "off")
	finding := {
		"message": sprintf("log_disconnections is %s", [_value]),
		"path": "resource.properties.value",
		"actual": _value,
		"expected": "on",
	}
}

unknown contains sprintf("log_disconnections is %q, which this policy does not know", [_value]) if {
	not arm.one_of(_value, ["on", "off"])
}
