# METADATA
# title: An alert watches whether logs still arrive in the workspace
# description: |
#   When logs stop to arrive, nothing else says so: a silent server and a server without logs look the same. The policy asks for a query alert
#   on the workspace that is on, has an action group and names a table that shows gaps of ingestion. It reads the names in the text of the
#   query; whether the query finds every gap, and whether the group reaches a person, it cannot say. Alerts on subscriptions or on the
#   servers themselves are not counted.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/azure-monitor/logs/monitor-workspace
# custom:
#   check: LOG-FAIL-001
#   severity: medium
#   resource: Microsoft.OperationalInsights/workspaces
#   reads:
#     - {path: related.query_alerts.*.properties.criteria.allOf, type: array, absent: "the rule asks for nothing"}
#     - {path: related.query_alerts.*.properties.enabled, type: boolean, absent: "true: a rule is on until it is turned off"}
#     - {path: related.query_alerts.*.properties.actions.actionGroups, type: array, absent: "the rule tells nobody"}
#   parameters:
#     ingestion_tables: {type: list, default: [Heartbeat, Usage, Operation, _LogOperation, _BilledSize, ingestion_time], pattern: "^[A-Za-z_][A-Za-z0-9_]{0,62}$", meaning: names in a query of which one shows that it looks for gaps in the arrival of logs}
#   controls:
#     RTS-12-2-e: shows that a rule which names the signs of failed logging is on and tells an action group
#     RTS-23-2-b: compares the workspace with the rule that gaps in the sources of logs raise an alert by themselves
#     DORA-10-2: shows a threshold with an automatic alert for the loss of logs
#   remediation:
#     az: |
#       az monitor scheduled-query create --resource-group RESOURCE_GROUP --name ingestion-gap --scopes WORKSPACE_ID --action-groups ACTION_GROUP_ID \
#         --condition "count 'Silent' > 0" --condition-query Silent="Heartbeat | summarize last = max(TimeGenerated) by Computer | where last < ago(30m)" \
#         --evaluation-frequency 15m --window-size 1h
#     terraform: |
#       resource "azurerm_monitor_scheduled_query_rules_alert_v2" "ingestion" {
#         # ...
#         scopes               = [azurerm_log_analytics_workspace.example.id]
#         evaluation_frequency = "PT15M"
#         window_duration      = "PT1H"
#         criteria {
#           query                   = "Heartbeat | summarize last = max(TimeGenerated) by Computer | where last < ago(30m)"
#           time_aggregation_method = "Count"
#           operator                = "GreaterThan"
#           threshold               = 0
#         }
#         action { action_groups = [azurerm_monitor_action_group.operations.id] }
#       }
#     portal: Log Analytics workspace > Monitoring > Alerts > Create alert rule > Custom log search
#     note: The az command needs the extension scheduled-query. Run the query by hand first; it finds nothing where no agent sends a heartbeat, and then another table must be asked.
package azure.log_analytics.ingestion_alert_present

_about(rule) if {
	some criterion in rule.properties.criteria.allOf
	some name in data.parameters.ingestion_tables
	regex.match(sprintf(`(^|[^A-Za-z0-9_])%s([^A-Za-z0-9_]|$)`, [lower(name)]), lower(criterion.query))
}

_off(rule) if rule.properties.enabled == false

_tells(rule) if {
	some group in rule.properties.actions.actionGroups
	contains(lower(group), "/actiongroups/")
}

_watching contains id if {
	some id, rule in input.related.query_alerts
	_about(rule)
	not _off(rule)
	_tells(rule)
}

_deaf := sort([rule.name |
	some rule in input.related.query_alerts
	_about(rule)
])

deny contains finding if {
	count(_deaf) == 0
	finding := {
		"message": sprintf("none of %d query alerts on the workspace names a sign of missing logs", [count(input.related.query_alerts)]),
		"path": "related.query_alerts.*.properties.criteria.allOf",
		"actual": count(input.related.query_alerts),
		"expected": sort(data.parameters.ingestion_tables),
	}
}

deny contains finding if {
	count(_watching) == 0
	count(_deaf) > 0
	finding := {
		"message": sprintf("the alerts on missing logs are off or tell nobody: %s", [concat(", ", _deaf)]),
		"path": "related.query_alerts.*.properties.actions.actionGroups",
		"actual": _deaf,
		"expected": "a rule that is on and has an action group",
	}
}
