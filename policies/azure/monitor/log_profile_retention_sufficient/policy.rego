# METADATA
# title: The log profile keeps the activity log long enough
# description: |
#   What a log profile exported and has deleted since cannot be examined any more. Zero days, or a retention policy that is off, keeps
#   everything. Log profiles are retired: replace them with a diagnostic setting on the subscription.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/azure-monitor/platform/activity-log
# custom:
#   check: LOG-ACT-003
#   severity: medium
#   resource: Microsoft.Insights/logprofiles
#   reads:
#     - {path: resource.properties.retentionPolicy.enabled, type: boolean}
#     - {path: resource.properties.retentionPolicy.days, type: integer}
#   parameters:
#     log_retention_days_min: {type: integer, default: 365, min: 30, max: 4383, meaning: fewest days that logs are kept}
#   controls:
#     RTS-12-2-a: compares the retention in force with the period that the firm has set for its logs
#     RTS-22-d: evidence of an incident that is found late has not been deleted yet
#   remediation:
#     az: az monitor log-profiles update --name default --set retentionPolicy.days=365 retentionPolicy.enabled=true
#     terraform: |
#       resource "azurerm_monitor_log_profile" "example" {
#         # ...
#         retention_policy {
#           enabled = true
#           days    = 365
#         }
#       }
package azure.monitor.log_profile_retention_sufficient

deny contains finding if {
	input.resource.properties.retentionPolicy.enabled == true
	input.resource.properties.retentionPolicy.days > 0
	input.resource.properties.retentionPolicy.days < data.parameters.log_retention_days_min
	finding := {
		"message": sprintf("the activity log is deleted after %d days", [input.resource.properties.retentionPolicy.days]),
		"path": "resource.properties.retentionPolicy.days",
		"actual": input.resource.properties.retentionPolicy.days,
		"expected": sprintf("at least %d days", [data.parameters.log_retention_days_min]),
	}
}
