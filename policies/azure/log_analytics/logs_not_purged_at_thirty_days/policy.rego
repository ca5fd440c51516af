# METADATA
# title: Logs are not removed for good at thirty days
# description: |
#   With this feature the workspace deletes all data for good as soon as it is thirty days old, whatever retention somebody expected. Logs
#   of an intrusion that is found later are gone.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/azure-monitor/logs/data-retention-configure
# custom:
#   check: LOG-RET-003
#   severity: high
#   resource: Microsoft.OperationalInsights/workspaces
#   reads:
#     - path: resource.properties.features.immediatePurgeDataOn30Days
#       type: boolean
#       absent: "off: logs stay for the retention of the workspace"
#   controls:
#     RTS-12-2-a: logs are kept for the period that the firm set and not cut off before
#     RTS-22-d: evidence of an incident that is found late still exists
#     GDPR-33-5: what is needed to document a breach is not deleted first
#   fix: {path: resource.properties.features.immediatePurgeDataOn30Days, value: false}
#   remediation:
#     az: az resource update --ids WORKSPACE_ID --set properties.features.immediatePurgeDataOn30Days=false
#     terraform: |
#       resource "azurerm_log_analytics_workspace" "example" {
#         # ...
#         immediate_data_purge_on_30_days_enabled = false
#       }
#     bicep: |
#       resource workspace 'Microsoft.OperationalInsights/workspaces@2025-07-01' = {
#         // ...
#         properties: {
#           features: { immediatePurgeDataOn30Days: false }
#         }
#       }
package azure.log_analytics.logs_not_purged_at_thirty_days

default _purged := false

_purged := input.resource.properties.features.immediatePurgeDataOn30Days

deny contains finding if {
	_purged == true
	finding := {
		"message": "logs are removed for good at thirty days",
		"path": "resource.properties.features.immediatePurgeDataOn30Days",
		"actual": true,
		"expected": false,
	}
}
