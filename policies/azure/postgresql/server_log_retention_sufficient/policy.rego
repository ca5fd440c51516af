# METADATA
# title: PostgreSQL keeps its own log files long enough
# description: |
#   The server deletes its log files after a few days, three by default and seven at most. They are what is left when sending logs elsewhere
#   has failed. For a longer life send the logs to a workspace with a diagnostic setting. A template that does not set the parameter gives
#   no verdict.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/postgresql/monitor/concepts-logging
# custom:
#   check: LOG-PG-006
#   severity: low
#   resource: Microsoft.DBforPostgreSQL/flexibleServers
#   reads:
#     - {path: 'children.configurations["logfiles.retention_days"].properties.value', type: string}
#   parameters:
#     server_log_retention_days_min: {type: integer, default: 4, min: 1, max: 7, meaning: fewest days that a database server keeps its own log files}
#   controls:
#     RTS-12-2-a: compares the life of the log files with the period that the firm set
#     RTS-12-2-c: a line that is gone before anyone looks has not been kept
#     DORA-10-1: an incident of the weekend can still be followed on Monday
#   remediation:
#     az: |
#       az postgres flexible-server parameter set --resource-group RESOURCE_GROUP --server-name SERVER --name logfiles.retention_days --value 7
#     terraform: |
#       resource "azurerm_postgresql_flexible_server_configuration" "logfiles_retention_days" {
#         name      = "logfiles.retention_days"
#         server_id = azurerm_postgresql_flexible_server.example.id
#         value     = "7"
#       }
#     bicep: |
#       resource logfilesRetentionDays 'Microsoft.DBforPostgreSQL/flexibleServers/configurations@2025-08-01' = {
#         parent: server
#         name: 'logfiles.retention_days'
#         properties: {
#           value: '7'
#           source: 'user-override'
#         }
#       }
#     portal: Server > Settings > Server parameters > logfiles.retention_days > 7 > Save
package azure.postgresql.server_log_retention_sufficient

_value := input.children.configurations["logfiles.retention_days"].properties.value

deny contains finding if {
	to_number(_value) < data.parameters.server_log_retention_days_min
	finding := {
		"message": sprintf("log files are kept for %s days, fewer than %v", [_value, data.parameters.server_log_retention_days_min]),
		"path": "children.configurations[\"logfiles.retention_days\"].properties.value",
		"actual": _value,
		"expected": sprintf("at least %v", [data.parameters.server_log_retention_days_min]),
	}
}

unknown contains sprintf("%q is no number of days", [_value]) if not regex.match(`^[0-9]+$`, _value)
