# METADATA
# title: The workspace has no daily cap that drops logs
# description: |
#   When the daily cap is reached, the workspace stops taking logs until the next day. An attacker can fill it with noise and then work
#   unseen. A cap is -1 when there is none. Where costs need a limit, alert on the volume instead, and waive this finding with the alert as
#   the reason: the policy does not see alerts.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/azure-monitor/logs/daily-cap
# custom:
#   check: LOG-CAP-001
#   severity: medium
#   resource: Microsoft.OperationalInsights/workspaces
#   reads:
#     - path: resource.properties.workspaceCapping.dailyQuotaGb
#       type: number
#       absent: "-1: Azure's default is no cap"
#   controls:
#     RTS-12-2-e: a cap is a failure of logging that is configured in advance
#     RTS-23-2-b: keeps log sources complete, which detection depends on
#   fix: {path: resource.properties.workspaceCapping.dailyQuotaGb, value: -1}
#   remediation:
#     az: az monitor log-analytics workspace update --resource-group RESOURCE_GROUP --workspace-name WORKSPACE --quota -1
#     terraform: |
#       resource "azurerm_log_analytics_workspace" "example" {
#         # ...
#         daily_quota_gb = -1
#       }
#     bicep: |
#       resource workspace 'Microsoft.OperationalInsights/workspaces@2025-07-01' = {
#         // ...
#         properties: {
#           workspaceCapping: {
#             dailyQuotaGb: -1
#           }
#         }
#       }
package azure.log_analytics.no_daily_cap

default _quota := -1

_quota := input.resource.properties.workspaceCapping.dailyQuotaGb

deny contains finding if {
	_quota >= 0
	finding := {
		"message": sprintf("the workspace stops taking logs after %v GB a day", [_quota]),
		"path": "resource.properties.workspaceCapping.dailyQuotaGb",
		"actual": _quota,
		"expected": "-1, which is no cap",
	}
}
