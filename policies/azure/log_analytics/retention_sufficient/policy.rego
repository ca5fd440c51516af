# METADATA
# title: The workspace keeps logs long enough
# description: |
#   Intrusions are often found months after they began. What the workspace has deleted by then cannot be examined, and nobody can say what
#   was read. The value is the default of the workspace's tables: a table may set its own retention, shorter or longer, which the policies
#   on tables judge. Law names no number of days; the floor is the firm's.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/azure-monitor/logs/data-retention-configure
# custom:
#   check: LOG-RET-001
#   severity: high
#   resource: Microsoft.OperationalInsights/workspaces
#   reads:
#     - path: resource.properties.retentionInDays
#       type: integer
#       absent: "30: Azure's default"
#   parameters:
#     log_retention_days_min: {type: integer, default: 365, min: 30, max: 4383, meaning: fewest days that logs are kept}
#   controls:
#     RTS-12-2-a: compares the retention in force with the period that the firm has set for its logs
#     RTS-22-d: evidence of an incident that is found late has not been deleted yet
#   fix: {path: resource.properties.retentionInDays, parameter: log_retention_days_min}
#   remediation:
#     az: az monitor log-analytics workspace update --resource-group RESOURCE_GROUP --workspace-name WORKSPACE --retention-time 365
#     terraform: |
#       resource "azurerm_log_analytics_workspace" "example" {
#         # ...
#         retention_in_days = 365
#       }
#     bicep: |
#       resource workspace 'Microsoft.OperationalInsights/workspaces@2025-07-01' = {
#         // ...
#         properties: {
#           retentionInDays: 365
#         }
#       }
package azure.log_analytics.retention_sufficient

default _days := 30

_days := input.resource.properties.retentionInDays

deny contains finding if {
	_days < data.parameters.log_retention_days_min
	finding := {
		"message": sprintf("the workspace keeps logs for %d days", [_days]),
		"path": "resource.properties.retentionInDays",
		"actual": _days,
		"expected": sprintf("at least %v days", [data.parameters.log_retention_days_min]),
	}
}
