# METADATA
# title: The PostgreSQL single server keeps its own log files long enough
# description: |
#   The server deletes its log files after a few days, three by default and seven at most. They are what is left when sending logs elsewhere
#   has failed. Azure has retired the platform (retired_platform_left).
# related_resources:
#   - ref: https://learn.microsoft.com/azure/postgresql/migrate/whats-happening-to-postgresql-single-server
# custom:
#   check: LOG-PGS-005
#   severity: low
#   resource: Microsoft.DBforPostgreSQL/servers/configurations
#   reads:
#     - {path: resource.name, type: string}
#     - {path: resource.properties.value, type: string}
#   parameters:
#     server_log_retention_days_min: {type: integer, default: 4, min: 1, max: 7, meaning: fewest days that a database server keeps its own log files}
#   controls:
#     RTS-12-2-a: compares the life of the log files with the period that the firm set
#     RTS-12-2-c: a line that is gone before anyone looks has not been kept
#     DORA-10-1: an incident of the weekend can still be followed on Monday
#   remediation:
#     terraform: |
#       resource "azurerm_postgresql_configuration" "log_retention_days" {
#         name                = "log_retention_days"
#         resource_group_name = "RESOURCE_GROUP"
#         server_name         = "SERVER"
#         value               = "7"
#       }
#     bicep: |
#       resource parameter 'Microsoft.DBforPostgreSQL/servers/configurations@2017-12-01' = {
#         parent: server
#         name: 'log_retention_days'
#         properties: {
#           value: '7'
#           source: 'user-override'
#         }
#       }
#     note: |
#       Azure has retired the platform and makes no new servers of this kind. Mend the code only to move it: a flexible server takes its
#       place (retired_platform_left).
package azure.postgresql_single.server_log_retention_sufficient

not_applicable contains "the parameter has nothing to do with the retention of logs" if lower(input.resource.name) != "log_retention_days"

_value := input.resource.properties.value

deny contains finding if {
	to_number(_value) < data.parameters.server_log_retention_days_min
	finding := {
		"message": sprintf("log files are kept for %s days, fewer than %v", [_value, data.parameters.server_log_retention_days_min]),
		"path": "resource.properties.value",
		"actual": _value,
		"expected": sprintf("at least %v", [data.parameters.server_log_retention_days_min]),
	}
}

unknown contains sprintf("%q is no number of days", [_value]) if not regex.match(`^[0-9]+$`, _value)
