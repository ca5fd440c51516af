# METADATA
# title: The table keeps logs long enough
# description: |
#   Intrusions are often found months after they began. What the table has deleted by then cannot be examined, and nobody can say what was
#   read. Total retention counts interactive and long-term retention together. A table without a value of its own shows that of its
#   workspace. Law names no number of days; the floor is the firm's.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/azure-monitor/logs/data-retention-configure
# custom:
#   check: LOG-RET-001
#   severity: high
#   resource: Microsoft.OperationalInsights/workspaces/tables
#   reads:
#     - {path: resource.properties.totalRetentionInDays, type: integer}
#   parameters:
#     log_retention_days_min: {type: integer, default: 365, min: 30, max: 4383, meaning: fewest days that logs are kept}
#   controls:
#     RTS-12-2-a: compares the retention in force with the period that the firm has set for its logs
#     RTS-22-d: evidence of an incident that is found late has not been deleted yet
#   fix: {path: resource.properties.totalRetentionInDays, parameter: log_retention_days_min}
#   remediation:
#     az: az monitor log-analytics workspace table update --resource-group RESOURCE_GROUP --workspace-name WORKSPACE --name TABLE --total-retention-time 365
#     terraform: |
#       resource "azurerm_log_analytics_workspace_table" "example" {
#         # ...
#         total_retention_in_days = 365
#       }
#     bicep: |
#       resource table 'Microsoft.OperationalInsights/workspaces/tables@2025-07-01' = {
#         // ...
#         properties: {
#           totalRetentionInDays: 365
#         }
#       }
package azure.log_analytics.table_retention_sufficient

_days := input.resource.properties.totalRetentionInDays

deny contains finding if {
	_days < data.parameters.log_retention_days_min
	finding := {
		"message": sprintf("the table keeps logs for %d days", [_days]),
		"path": "resource.properties.totalRetentionInDays",
		"actual": _days,
		"expected": sprintf("at least %v days", [data.parameters.log_retention_days_min]),
	}
}
