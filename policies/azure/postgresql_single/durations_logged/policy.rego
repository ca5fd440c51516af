# METADATA
# title: The PostgreSQL single server records how long statements take
# description: |
#   Without log_duration a statement that copies a whole table looks like one that reads a row, and a server that slows down does so unseen.
#   Azure has retired the platform (retired_platform_left).
# related_resources:
#   - ref: https://learn.microsoft.com/azure/postgresql/migrate/whats-happening-to-postgresql-single-server
# custom:
#   check: LOG-PGS-004
#   severity: low
#   resource: Microsoft.DBforPostgreSQL/servers/configurations
#   reads:
#     - {path: resource.properties.value, type: string}
#     - {path: resource.name, type: string}
#   controls:
#     DORA-10-1: performance problems are recognised from these lines
#     RTS-12-2-c: shows that events of capacity and operations are recorded
#     GDPR-32-1-d: unusually long access to personal data can be assessed afterwards
#   fix: {path: resource.properties.value, value: "on"}
#   remediation:
#     terraform: |
#       resource "azurerm_postgresql_configuration" "log_duration" {
#         name                = "log_duration"
#         resource_group_name = "RESOURCE_GROUP"
#         server_name         = "SERVER"
#         value               = "on"
#       }
#     bicep: |
#       resource parameter 'Microsoft.DBforPostgreSQL/servers/configurations@2017-12-01' = {
#         parent: server
#         name: 'log_duration'
#         properties: {
#           value: 'on'
#           source: 'user-override'
#         }
#       }
#     note: |
#       Azure has retired the platform and makes no new servers of this kind. Mend the code only to move it: a flexible server takes its
#       place (retired_platform_left).
package azure.postgresql_single.durations_logged

import data.lib.arm

_value := input.resource.properties.value

not_applicable contains "the parameter is not log_duration" if not arm.same(input.resource.name, "log_duration")

deny contains finding if {
	arm.same(_value, "off")
	finding := {
		"message": sprintf("log_duration is %s", [_value]),
		"path": "resource.properties.value",
		"actual": _value,
		"expected": "on",
	}
}

unknown contains sprintf("log_duration is %q, which this policy does not know", [_value]) if {
	not arm.one_of(_value, ["on", "off"])
}
