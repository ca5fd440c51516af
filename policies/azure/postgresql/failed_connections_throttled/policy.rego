# METADATA
# title: PostgreSQL slows down who fails to sign in
# description: |
#   An address that fails to sign in again and again is guessing passwords. With connection_throttle.enable on, the server makes such an
#   address wait. Where passwords are refused altogether it still keeps the attempts from exhausting connections. Changes take effect
#   without a restart. A template that does not set the parameter gives no verdict.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/postgresql/server-parameters/concepts-server-parameters
# custom:
#   check: PG-AUTH-004
#   severity: medium
#   resource: Microsoft.DBforPostgreSQL/flexibleServers
#   reads:
#     - {path: 'children.configurations["connection_throttle.enable"].properties.value', type: string}
#   controls:
#     DORA-9-4-d: guessing a password takes longer than anybody has
#     DORA-9-3-c: failed attempts cannot use up the connections that clients need
#     RTS-13-1-d: unauthorised attempts are held back while they happen
#     GDPR-32-1-b: keeps the data available under attack and the accounts closed
#   fix: {path: 'children.configurations["connection_throttle.enable"].properties.value', value: "on"}
#   remediation:
#     az: |
#       az postgres flexible-server parameter set --resource-group RESOURCE_GROUP --server-name SERVER --name connection_throttle.enable --value on
#     terraform: |
#       resource "azurerm_postgresql_flexible_server_configuration" "connection_throttle_enable" {
#         name      = "connection_throttle.enable"
#         server_id = azurerm_postgresql_flexible_server.example.id
#         value     = "on"
#       }
#     bicep: |
#       resource connectionThrottleEnable 'Microsoft.DBforPostgreSQL/flexibleServers/configurations@2025-08-01' = {
#         parent: server
#         name: 'connection_throttle.enable'
#         properties: {
#           value: 'on'
#           source: 'user-override'
#         }
#       }
#     portal: Server > Settings > Server parameters > connection_throttle.enable > on > Save
package azure.postgresql.failed_connections_throttled

import data.lib.arm

_value := input.children.configurations["connection_throttle.enable"].properties.value

deny contains finding if {
	arm.same(_value, "off")
	finding := {
		"message": sprintf("connection_throttle.enable is %s", [_value]),
		"path": "children.configurations[\"connection_throttle.enable\"].properties.value",
		"actual": _value,
		"expected": "on",
	}
}

unknown contains sprintf("connection_throttle.enable is %q, which this policy does not know", [_value]) if {
	not arm.one_of(_value, ["on", "off"])
}
