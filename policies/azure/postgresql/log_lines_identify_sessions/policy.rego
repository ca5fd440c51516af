# METADATA
# title: Every line of the PostgreSQL log says who, where and when
# description: |
#   A line of the log that does not name the time, the user, the database and the address has to be joined with other lines before it says
#   what somebody did, and those may be missing. Azure writes the time and the session by default, and the rest with the logon only. Which
#   marks are required is the parameter pg_log_line_marks_required.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/postgresql/flexible-server/concepts-logging
# custom:
#   check: PG-LOG-006
#   severity: low
#   resource: Microsoft.DBforPostgreSQL/flexibleServers
#   reads:
#     - {path: children.configurations.log_line_prefix.properties.value, type: string}
#   parameters:
#     pg_log_line_marks_required: {type: list, default: ["%u", "%d", "%h"], pattern: "^%[a-zA-Z]$", meaning: "marks that log_line_prefix of PostgreSQL must hold; %u user, %d database, %h address"}
#   controls:
#     RTS-12-2-c: lines on access and operations carry the identity and the network address
#     RTS-21-c: what was done in a session can be traced to one account
#     DORA-10-3: whoever watches users can do so from the log itself
#     GDPR-33-5: after a breach the log says whose session it was
#   remediation:
#     az: |
#       az postgres flexible-server parameter set --resource-group RESOURCE_GROUP --server-name SERVER --name log_line_prefix --value "%m-%c-%u-%d-%h-"
#     terraform: |
#       resource "azurerm_postgresql_flexible_server_configuration" "log_line_prefix" {
#         name      = "log_line_prefix"
#         server_id = azurerm_postgresql_flexible_server.example.id
#         value     = "%m-%c-%u-%d-%h-"
#       }
#     bicep: |
#       resource logLinePrefix 'Microsoft.DBforPostgreSQL/flexibleServers/configurations@2025-08-01' = {
#         parent: server
#         name: 'log_line_prefix'
#         properties: { value: '%m-%c-%u-%d-%h-', source: 'user-override' }
#       }
#     portal: Server > Settings > Server parameters > log_line_prefix
package azure.postgresql.log_lines_identify_sessions

_prefix := input.children.configurations.log_line_prefix.properties.value

_missing contains mark if {
	some mark in data.parameters.pg_log_line_marks_required
	not contains(_prefix, mark)
}

deny contains finding if {
	count(_missing) > 0
	finding := {
		"message": sprintf("lines of the log lack %s", [concat(", ", sort(_missing))]),
		"path": "children.configurations.log_line_prefix.properties.value",
		"actual": _prefix,
		"expected": data.parameters.pg_log_line_marks_required,
	}
}
