# METADATA
# title: The server log of the database is collected
# description: |
#   Without its log nobody can say who signed in to a database or why it failed. The policy judges the diagnostic settings of PostgreSQL and
#   MySQL flexible servers, each by itself: where another setting of the same server collects the log, waive the finding. What the server
#   writes into the log is set by its own parameters.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/postgresql/monitor/how-to-configure-and-access-logs
# custom:
#   check: LOG-DIAG-001
#   severity: high
#   resource: Microsoft.Insights/diagnosticSettings
#   reads:
#     - {path: resource.properties.logs, type: array}
#   controls:
#     DORA-10-1: events from which anomalies can be detected are collected at all
#     RTS-12-2-c: compares the event classes that are logged with those that the firm requires
#     RTS-8-2-b-iii: shows the audit trail that operating procedures ask for as a setting in force
#     GDPR-32-1-d: whether protection works can be examined, because what happened is on record
#   remediation:
#     az: |
#       az monitor diagnostic-settings create --name logs-to-workspace --resource SERVER_ID --workspace WORKSPACE_ID --logs '[{"categoryGroup":"allLogs","enabled":true}]'
#     terraform: |
#       resource "azurerm_monitor_diagnostic_setting" "server" {
#         # ...
#         target_resource_id = azurerm_postgresql_flexible_server.example.id
#         enabled_log { category_group = "allLogs" }
#       }
#     bicep: |
#       logs: [{ categoryGroup: 'allLogs', enabled: true }]
package azure.monitor.database_logs_collected

import data.lib.arm

_logs := [log | some log in input.resource.properties.logs; log.enabled == true]

_on contains lower(log.category) if some log in _logs

_all if {
	some log in _logs
	arm.one_of(log.categoryGroup, ["allLogs", "audit"])
}

_categories := {"microsoft.dbforpostgresql": ["PostgreSQLLogs"], "microsoft.dbformysql": ["MySqlAuditLogs"]}

_required := _categories[split(lower(input.resource.id), "/")[6]]

_concerned if _required

# Code that does not say what the setting is for has an id with a stand-in for the type.
_unplaced if regex.match(`/providers/(\(|microsoft\.unknown/)`, lower(input.resource.id))

not_applicable contains "the setting is not on a PostgreSQL or MySQL flexible server" if {
	not _unplaced
	not _concerned
}

unknown contains "what the setting is for is not known" if _unplaced

_missing := sort([category | some category in _required; not lower(category) in _on])

deny contains finding if {
	not _all
	count(_missing) > 0
	finding := {
		"message": sprintf("the setting does not collect %s", [concat(", ", _missing)]),
		"path": "resource.properties.logs",
		"actual": sort([category | some category in _on]),
		"expected": _missing,
	}
}
