# METADATA
# title: The activity log of the subscription is exported with the categories that matter
# description: |
#   Azure keeps the activity log for 90 days. It is the only record of who changed, deleted or restored what; what is not exported is gone
#   afterwards. The policy judges settings on subscriptions, each by itself: where two settings share the work, waive the finding. A
#   subscription without any setting has nothing to judge here. Terraform's setting and Azure's have the same names of categories.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/azure-monitor/platform/activity-log
# custom:
#   check: LOG-ACT-001
#   severity: critical
#   resource: Microsoft.Insights/diagnosticSettings
#   reads:
#     - {path: resource.properties.logs, type: array}
#   parameters:
#     activity_log_categories: {type: list, default: [Administrative, Security, Policy, Alert], allowed: [Administrative, Security, ServiceHealth, Alert, Recommendation, Policy, Autoscale, ResourceHealth], meaning: categories of the activity log that must be exported}
#   controls:
#     DORA-10-1: events from which anomalies can be detected are collected at all
#     RTS-12-2-c: compares the event classes that are logged with those that the firm requires
#     RTS-8-2-b-iii: shows the audit trail that operating procedures ask for as a setting in force
#     GDPR-32-1-d: whether protection works can be examined, because what happened is on record
#     DORA-11-8: records of what was done before and during a disruption outlive the 90 days of the platform
#     RTS-12-2-d: a copy outside the subscription's own log survives what happens to the subscription
#     RTS-17-1-b: who made a change can be compared with who approved it
#   remediation:
#     az: |
#       az monitor diagnostic-settings subscription create --name activity-to-log --location westeurope --workspace WORKSPACE_ID \
#         --logs '[{"category":"Administrative","enabled":true},{"category":"Security","enabled":true},{"category":"Policy","enabled":true},{"category":"Alert","enabled":true}]'
#     terraform: |
#       resource "azurerm_monitor_diagnostic_setting" "activity" {
#         # ...
#         target_resource_id = "/subscriptions/${var.subscription_id}"
#         enabled_log { category = "Administrative" }
#         enabled_log { category = "Security" }
#         enabled_log { category = "Policy" }
#         enabled_log { category = "Alert" }
#       }
#     bicep: |
#       logs: [for category in ['Administrative', 'Security', 'Policy', 'Alert']: { category: category, enabled: true }]
package azure.monitor.activity_log_exported

import data.lib.arm

_logs := [log | some log in input.resource.properties.logs; log.enabled == true]

_on contains lower(log.category) if some log in _logs

_all if {
	some log in _logs
	arm.one_of(log.categoryGroup, ["allLogs"])
}

_concerned if regex.match(`^/subscriptions/[^/]+/providers/microsoft\.insights/diagnosticsettings/[^/]+$`, lower(input.resource.id))

# Code that does not say what the setting is for has an id with a stand-in for the type.
_unplaced if regex.match(`/providers/(\(|microsoft\.unknown/)`, lower(input.resource.id))

not_applicable contains "the setting is not on a subscription" if {
	not _unplaced
	not _concerned
}

unknown contains "what the setting is for is not known" if _unplaced

_missing := sort([category | some category in data.parameters.activity_log_categories; not lower(category) in _on])

deny contains finding if {
	_concerned
	not _all
	count(_missing) > 0
	finding := {
		"message": sprintf("the setting does not collect %s", [concat(", ", _missing)]),
		"path": "resource.properties.logs",
		"actual": sort([category | some category in _on]),
		"expected": _missing,
	}
}
