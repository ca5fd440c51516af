# METADATA
# title: The MySQL audit log records the kinds of event that the firm requires
# description: |
#   The audit log holds only the kinds of event that audit_log_events names. Without CONNECTION nobody can say who was on the server, and
#   without ADMIN, DCL or DDL who changed it. Which kinds are required is the parameter mysql_audit_events_required. Whether the log is on
#   at all is judged by audit_log_enabled, and whether it is kept by policies on diagnostic settings.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/mysql/flexible-server/concepts-audit-logs
# custom:
#   check: MY-LOG-002
#   severity: medium
#   resource: Microsoft.DBforMySQL/flexibleServers
#   reads:
#     - {path: children.configurations.audit_log_events.properties.value, type: string}
#   parameters:
#     mysql_audit_events_required: {type: list, default: [CONNECTION, DCL, DDL, ADMIN], pattern: "^[A-Za-z0-9_]+$", meaning: kinds of event that the audit log of MySQL must record}
#   controls:
#     RTS-12-2-c: events of access control and identity, and changes of structure, are among those that are recorded
#     RTS-12-2-a: compares the events that are recorded with those that the logging policy defines
#     DORA-10-3: what users of the database did can be watched
#     GDPR-33-5: after a breach the log says which account was connected
#     RTS-21-c: actions in the database can be attributed to an account
#   remediation:
#     az: az mysql flexible-server parameter set --resource-group RESOURCE_GROUP --server-name SERVER --name audit_log_events --value CONNECTION,DCL,DDL,ADMIN
#     terraform: |
#       resource "azurerm_mysql_flexible_server_configuration" "audit_log_events" {
#         name                = "audit_log_events"
#         resource_group_name = azurerm_mysql_flexible_server.example.resource_group_name
#         server_name         = azurerm_mysql_flexible_server.example.name
#         value               = "CONNECTION,DCL,DDL,ADMIN"
#       }
#     bicep: |
#       resource parameter 'Microsoft.DBforMySQL/flexibleServers/configurations@2023-12-30' = {
#         parent: server
#         name: 'audit_log_events'
#         properties: { value: 'CONNECTION,DCL,DDL,ADMIN', source: 'user-override' }
#       }
#     portal: Server > Settings > Server parameters > audit_log_events
package azure.mysql.audit_covers_required_events

_value := input.children.configurations.audit_log_events.properties.value

_words contains upper(trim_space(word)) if some word in split(_value, ",")

# What a kind of event also records.
_included := {"DML": {"DML_SELECT", "DML_NONSELECT"}, "CONNECTION_V2": {"CONNECTION"}}

_recorded contains word if some word in _words

_recorded contains kind if {
	some word in _words
	some kind in object.get(_included, word, set())
}

_missing contains upper(kind) if {
	is_string(_value)
	some kind in data.parameters.mysql_audit_events_required
	not upper(kind) in _recorded
}

deny contains finding if {
	count(_missing) > 0
	finding := {
		"message": sprintf("the audit log does not record %s", [concat(", ", sort(_missing))]),
		"path": "children.configurations.audit_log_events.properties.value",
		"actual": sort(_words),
		"expected": data.parameters.mysql_audit_events_required,
	}
}
