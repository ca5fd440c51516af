# METADATA
# title: The table does not keep logs for ever
# description: |
#   Logs name people, their addresses and what they did. Kept beyond the time for which they are needed, they are a store of personal data
#   without a purpose. Total retention counts interactive and long-term retention together. A table without a value of its own shows that of
#   its workspace.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/azure-monitor/logs/data-retention-configure
# custom:
#   check: LOG-RET-001
#   severity: medium
#   resource: Microsoft.OperationalInsights/workspaces/tables
#   reads:
#     - {path: resource.properties.totalRetentionInDays, type: integer}
#   parameters:
#     log_retention_days_max: {type: integer, default: 730, min: 30, max: 4383, meaning: most days that logs may be kept}
#   controls:
#     GDPR-5-1-e: logs hold personal data, and this puts an end to keeping them
#     RTS-22-d: evidence is kept for a stated time and no longer
#     RTS-12-2-a: compares the retention in force with the period that the firm has set for its logs
#   fix: {path: resource.properties.totalRetentionInDays, parameter: log_retention_days_max}
#   remediation:
#     az: az monitor log-analytics workspace table update --resource-group RESOURCE_GROUP --workspace-name WORKSPACE --name TABLE --total-retention-time 730
#     terraform: |
#       resource "azurerm_log_analytics_workspace_table" "example" {
#         # ...
#         total_retention_in_days = 730
#       }
#     bicep: |
#       resource table 'Microsoft.OperationalInsights/workspaces/tables@2025-07-01' = {
#         // ...
#         properties: {
#           totalRetentionInDays: 730
#         }
#       }
package azure.log_analytics.table_retention_bounded

_days := input.resource.properties.totalRetentionInDays

deny contains finding if {
	_days > data.parameters.log_retention_days_max
	finding := {
		"message": sprintf("the table keeps logs for %d days", [_days]),
		"path": "resource.properties.totalRetentionInDays",
		"actual": _days,
		"expected": sprintf("at most %v days", [data.parameters.log_retention_days_max]),
	}
}
