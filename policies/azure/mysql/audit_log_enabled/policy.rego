# METADATA
# title: MySQL records who does what
# description: |
#   With audit_log_enabled off nobody can say afterwards who signed in and what was changed. Which events are recorded is set by
#   audit_log_events, and whether anybody receives them by a diagnostic setting; neither is judged here. A template that does not set the
#   parameter gives no verdict.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/mysql/flexible-server/concepts-audit-logs
# custom:
#   check: LOG-MY-001
#   severity: high
#   resource: Microsoft.DBforMySQL/flexibleServers
#   reads:
#     - {path: children.configurations.audit_log_enabled.properties.value, type: string}
#   controls:
#     DORA-10-1: sign-ins and statements are among the events from which anomalies are recognised
#     RTS-12-2-c: shows that sign-ins and statements are recorded, one of the kinds of event that logging has to cover
#     RTS-8-2-b-iii: operating procedures that ask for a trail of sign-ins and statements find it switched on
#     GDPR-32-1-d: without sign-ins and statements on record nobody can assess whether the measures work
#   fix: {path: children.configurations.audit_log_enabled.properties.value, value: "ON"}
#   remediation:
#     az: |
#       az mysql flexible-server parameter set --resource-group RESOURCE_GROUP --server-name SERVER --name audit_log_enabled --value ON
#     terraform: |
#       resource "azurerm_mysql_flexible_server_configuration" "audit_log_enabled" {
#         name                = "audit_log_enabled"
#         resource_group_name = azurerm_mysql_flexible_server.example.resource_group_name
#         server_name         = azurerm_mysql_flexible_server.example.name
#         value               = "ON"
#       }
#     bicep: |
#       resource auditLogEnabled 'Microsoft.DBforMySQL/flexibleServers/configurations@2023-12-30' = {
#         parent: server
#         name: 'audit_log_enabled'
#         properties: {
#           value: 'ON'
#           source: 'user-override'
#         }
#       }
#     portal: Server > Settings > Server parameters > audit_log_enabled > ON > Save
package azure.mysql.audit_log_enabled

import data.lib.arm

_value := input.children.configurations.audit_log_enabled.properties.value

deny contains finding if {
	arm.same(_value, "OFF")
	finding := {
		"message": sprintf("audit_log_enabled is %s", [_value]),
		"path": "children.configurations.audit_log_enabled.properties.value",
		"actual": _value,
		"expected": "ON",
	}
}

unknown contains sprintf("audit_log_enabled is %q, which this policy does not know", [_value]) if {
	not arm.one_of(_value, ["ON", "OFF"])
}
