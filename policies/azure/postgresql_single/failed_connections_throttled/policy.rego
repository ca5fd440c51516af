# METADATA
# title: The PostgreSQL single server slows down who fails to sign in
# description: |
#   An address that fails to sign in again and again is guessing passwords. With connection_throttling on, the server makes such an address
#   wait. Azure has retired the platform (retired_platform_left).
# related_resources:
#   - ref: https://learn.microsoft.com/azure/postgresql/migrate/whats-happening-to-postgresql-single-server
# custom:
#   check: PGS-AUTH-002
#   severity: medium
#   resource: Microsoft.DBforPostgreSQL/servers/configurations
#   reads:
#     - {path: resource.properties.value, type: string}
#     - {path: resource.name, type: string}
#   controls:
#     DORA-9-4-d: guessing a password takes longer than anybody has
#     DORA-9-3-c: failed attempts cannot use up the connections that clients need
#     RTS-13-1-d: unauthorised attempts are held back while they happen
#     GDPR-32-1-b: keeps the data available under attack and the accounts closed
#   fix: {path: resource.properties.value, value: "on"}
#   remediation:
#     terraform: |
#       resource "azurerm_postgresql_configuration" "connection_throttling" {
#         name                = "connection_throttling"
#         resource_group_name = "RESOURCE_GROUP"
#         server_name         = "SERVER"
#         value               = "on"
#       }
#     bicep: |
#       resource parameter 'Microsoft.DBforPostgreSQL/servers/configurations@2017-12-01' = {
#         parent: server
#         name: 'connection_throttling'
#         properties: {
#           value: 'on'
#           source: 'user-override'
#         }
#       }
#     note: |
#       Azure has retired the platform and makes no new servers of this kind. Mend the code only to move it: a flexible server takes its
#       place (retired_platform_left).
package azure.postgresql_single.failed_connections_throttled

import data.lib.arm

_value := input.resource.properties.value

not_applicable contains "the parameter is not connection_throttling" if not arm.same(input.resource.name, "connection_throttling")

deny contains finding if {
	arm.same(_value, "off")
	finding := {
		"message": sprintf("connection_throttling is %s", [_value]),
		"path": "resource.properties.value",
		"actual": _value,
		"expected": "on",
	}
}

unknown contains sprintf("connection_throttling is %q, which this policy does not know", [_value]) if {
	not arm.one_of(_value, ["on", "off"])
}
