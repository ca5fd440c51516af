# METADATA
# title: A query alert is on and tells somebody
# description: |
#   A rule that is off, or that names no action group, finds what it looks for and nobody learns of it. Whether the group reaches a person is
#   not seen here: its receivers are a matter of the group. A rule that makes a metric has nobody to tell and passes.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/azure-monitor/alerts/alerts-create-log-alert-rule
# custom:
#   check: LOG-FAIL-001
#   severity: medium
#   resource: Microsoft.Insights/scheduledQueryRules
#   reads:
#     - path: resource.properties.enabled
#       type: boolean
#       absent: "true: a rule is on until it is turned off"
#     - path: resource.properties.actions.actionGroups
#       type: array
#       absent: "the rule tells nobody"
#     - path: resource.kind
#       type: string
#       absent: "LogAlert: the rule makes alerts"
#   controls:
#     DORA-10-2: shows whether what a rule detects is passed on to those who must respond
#     RTS-23-2-b: an alert on logs that nobody receives is none
#     RTS-12-2-e: a rule on the failure of logging serves only when it is on and tells somebody
#   remediation:
#     az: az monitor scheduled-query update --resource-group RESOURCE_GROUP --name RULE --disabled false --action-groups ACTION_GROUP_ID
#     terraform: |
#       resource "azurerm_monitor_scheduled_query_rules_alert_v2" "example" {
#         # ...
#         enabled = true
#         action { action_groups = [azurerm_monitor_action_group.operations.id] }
#       }
#     bicep: |
#       resource rule 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = {
#         // ...
#         properties: {
#           enabled: true
#           actions: { actionGroups: [operations.id] }
#         }
#       }
#     portal: Monitor > Alerts > Alert rules > the rule > Edit > Actions
#     note: The az command needs the extension scheduled-query.
package azure.monitor.query_alert_notifies

import data.lib.arm

default _enabled := true

_enabled := input.resource.properties.enabled

default _groups := []

_groups := input.resource.properties.actions.actionGroups

default _kind := "LogAlert"

_kind := input.resource.kind

deny contains finding if {
	arm.same(_kind, "LogAlert")
	_enabled == false
	finding := {
		"message": "the rule is off",
		"path": "resource.properties.enabled",
		"actual": false,
		"expected": true,
	}
}

deny contains finding if {
	arm.same(_kind, "LogAlert")
	count(_told) == 0
	finding := {
		"message": "the rule has no action group",
		"path": "resource.properties.actions.actionGroups",
		"actual": 0,
		"expected": "an action group",
	}
}

_told contains group if {
	some group in _groups
	contains(lower(group), "/actiongroups/")
}

unknown contains sprintf("%q is no kind of rule that this policy knows", [_kind]) if not arm.one_of(_kind, ["LogAlert", "LogToMetric"])
