# METADATA
# title: The workspace does not keep logs for ever
# description: |
#   Logs name people, their addresses and what they did. Kept beyond the time for which they are needed, they are a store of personal data
#   without a purpose. The value is the default of the workspace's tables: a table may set its own retention, shorter or longer, which the
#   policies on tables judge.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/azure-monitor/logs/data-retention-configure
# custom:
#   check: LOG-RET-001
#   severity: medium
#   resource: Microsoft.OperationalInsights/workspaces
#   reads:
#     - {path: resource.properties.retentionInDays, type: integer}
#   parameters:
#     log_retention_days_max: {type: integer, default: 730, min: 30, max: 4383, meaning: most days that logs may be kept}
#   controls:
#     GDPR-5-1-e: logs hold personal data, and this puts an end to keeping them
#     RTS-22-d: evidence is kept for a stated time and no longer
#     RTS-12-2-a: compares the retention in force with the period that the firm has set for its logs
#   fix: {path: resource.properties.retentionInDays, parameter: log_retention_days_max}
#   remediation:
#     az: az monitor log-analytics workspace update --resource-group RESOURCE_GROUP --workspace-name WORKSPACE --retention-time 730
#     terraform: |
#       resource "azurerm_log_analytics_workspace" "example" {
#         # ...
#         retention_in_days = 730
#       }
#     bicep: |
#       resource workspace 'Microsoft.OperationalInsights/workspaces@2025-07-01' = {
#         // ...
#         properties: {
#           retentionInDays: 730
#         }
#       }
package azure.log_analytics.retention_bounded

_days := input.resource.properties.retentionInDays

deny contains finding if {
	_days > data.parameters.log_retention_days_max
	finding := {
		"message": sprintf("the workspace keeps logs for %d days", [_days]),
		"path": "resource.properties.retentionInDays",
		"actual": _days,
		"expected": sprintf("at most %v days", [data.parameters.log_retention_days_max]),
	}
}
