# METADATA
# title: The logs of the database are collected
# description: |
#   Without its logs nobody can say who signed in to a database or why it failed. The policy judges the database, with all its diagnostic
#   settings together: one without any setting fails. What the database writes into its logs is set by its own parameters. The audit of Azure
#   SQL is judged by its own policies; here the errors of a database are asked for, and the system database master is left out. Code that leaves
#   settings to an assignment of Azure Policy fails as well: judge the estate then, or waive.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/azure-monitor/reference/logs-index
# custom:
#   check: LOG-DIAG-001
#   aliases: [azure.monitor.database_logs_collected]
#   severity: high
#   resource:
#     - Microsoft.Cache/redis
#     - Microsoft.Cache/redisEnterprise/databases
#     - Microsoft.DBforMySQL/flexibleServers
#     - Microsoft.DBforPostgreSQL/flexibleServers
#     - Microsoft.DocumentDB/databaseAccounts
#     - Microsoft.DocumentDB/mongoClusters
#     - Microsoft.Kusto/clusters
#     - Microsoft.Sql/managedInstances
#     - Microsoft.Sql/servers/databases
#   reads:
#     - {path: related.diagnostic_settings.*.properties.logs, type: array, absent: "the setting collects no logs"}
#   controls:
#     DORA-10-1: events from which anomalies can be detected are collected at all
#     RTS-12-2-c: compares the classes of events that are logged with those that the firm requires
#     RTS-8-2-b-iii: shows the audit trail that operating procedures ask for as a setting in force
#     GDPR-32-1-d: whether protection works can be examined, because what happened is on record
#   remediation:
#     az: az monitor diagnostic-settings create --name logs-to-workspace --resource RESOURCE_ID --workspace WORKSPACE_ID --logs '[{"categoryGroup":"allLogs","enabled":true}]'
#     terraform: |
#       resource "azurerm_monitor_diagnostic_setting" "example" {
#         name                       = "logs-to-workspace"
#         target_resource_id         = azurerm_postgresql_flexible_server.example.id
#         log_analytics_workspace_id = azurerm_log_analytics_workspace.example.id
#         enabled_log { category_group = "allLogs" }
#       }
#     bicep: |
#       resource setting 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
#         name: 'logs-to-workspace'
#         scope: server
#         properties: {
#           workspaceId: workspace.id
#           logs: [{ categoryGroup: 'allLogs', enabled: true }]
#         }
#       }
#     note: To pay for less, name the categories that the finding asks for in place of allLogs.
package azure.estate.database_logs_collected

import data.lib.log_categories

_settings := input.related.diagnostic_settings

not_applicable contains "the system database has no logs of its own" if {
	lower(input.resource.type) == "microsoft.sql/servers/databases"
	lower(input.resource.name) == "master"
}

_missing := log_categories.missing(input.resource.type, _settings)

deny contains finding if {
	count(_missing) > 0
	not log_categories.unclear(input.resource.type, _settings)
	finding := {
		"message": sprintf("%d diagnostic settings of the resource leave out %s", [count(_settings), concat(", ", _missing)]),
		"path": "related.diagnostic_settings.*.properties.logs",
		"actual": sort({log.category | some setting in _settings; some log in setting.properties.logs; log.enabled == true; is_string(log.category)}),
		"expected": log_categories.wanted(input.resource.type),
	}
}

unknown contains "which categories the group audit holds for this type is not known" if {
	count(_missing) > 0
	log_categories.unclear(input.resource.type, _settings)
}

unknown contains sprintf("which logs %s must keep is not known", [input.resource.type]) if not log_categories.known(input.resource.type)
