# METADATA
# title: The log profile exports every kind of operation
# description: |
#   A log profile that leaves out writes, deletions or actions leaves a hole in the trail of who changed what. Log profiles are retired:
#   replace them with a diagnostic setting on the subscription, which another policy judges.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/azure-monitor/platform/activity-log
# custom:
#   check: LOG-ACT-002
#   severity: high
#   resource: Microsoft.Insights/logprofiles
#   reads:
#     - {path: resource.properties.categories, type: array}
#   controls:
#     DORA-10-1: events from which anomalies can be detected are collected at all
#     RTS-12-2-c: compares the event classes that are logged with those that the firm requires
#     RTS-8-2-b-iii: shows the audit trail that operating procedures ask for as a setting in force
#     GDPR-32-1-d: whether protection works can be examined, because what happened is on record
#   remediation:
#     az: az monitor log-profiles update --name default --set categories='["Write","Delete","Action"]'
#     terraform: |
#       resource "azurerm_monitor_log_profile" "example" {
#         # ...
#         categories = ["Action", "Delete", "Write"] # azurerm 3 only
#       }
package azure.monitor.log_profile_complete

import data.lib.arm

_missing := sort([category | some category in ["Action", "Delete", "Write"]; not arm.one_of(category, _exported)])

_exported := [category | some category in input.resource.properties.categories; is_string(category)]

deny contains finding if {
	count(_missing) > 0
	finding := {
		"message": sprintf("the log profile does not export %s", [concat(", ", _missing)]),
		"path": "resource.properties.categories",
		"actual": _exported,
		"expected": ["Write", "Delete", "Action"],
	}
}
