# METADATA
# title: The logs of the app that matter are collected
# description: |
#   An app that is attacked shows it in its requests and in the sign-ins to its deployment pages; both are lost with the worker that wrote
#   them unless a diagnostic setting sends them on. Web apps need AppServiceHTTPLogs and AppServiceAuditLogs, function apps FunctionAppLogs. The
#   policy judges the app, with all its diagnostic settings together: one without any setting fails. Code that leaves settings to an assignment
#   of Azure Policy fails as well: judge the estate then, or waive.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/azure-monitor/reference/supported-logs/microsoft-web-sites-logs
# custom:
#   check: LOG-DIAG-003
#   severity: medium
#   resource: Microsoft.Web/sites
#   reads:
#     - {path: related.diagnostic_settings.*.properties.logs, type: array, absent: "the setting collects no logs"}
#     - {path: resource.kind, type: string, absent: "app: a web app"}
#   controls:
#     DORA-10-1: events from which anomalies can be detected are collected at all
#     RTS-12-2-c: compares the classes of events that are logged with those that the firm requires
#     RTS-8-2-b-iii: shows the audit trail that operating procedures ask for as a setting in force
#     GDPR-32-1-d: whether protection works can be examined, because what happened is on record
#   remediation:
#     az: az monitor diagnostic-settings create --name logs-to-workspace --resource APP_ID --workspace WORKSPACE_ID --logs '[{"category":"AppServiceHTTPLogs","enabled":true},{"category":"AppServiceAuditLogs","enabled":true}]'
#     terraform: |
#       resource "azurerm_monitor_diagnostic_setting" "example" {
#         name                       = "logs-to-workspace"
#         target_resource_id         = azurerm_linux_web_app.example.id
#         log_analytics_workspace_id = azurerm_log_analytics_workspace.example.id
#         enabled_log { category = "AppServiceHTTPLogs" }
#         enabled_log { category = "AppServiceAuditLogs" }
#       }
#     bicep: |
#       resource setting 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
#         name: 'logs-to-workspace'
#         scope: app
#         properties: {
#           workspaceId: workspace.id
#           logs: [for category in ['AppServiceHTTPLogs', 'AppServiceAuditLogs']: { category: category, enabled: true }]
#         }
#       }
#     portal: App Service > Monitoring > Diagnostic settings > Add diagnostic setting
package azure.app_service.logs_collected

import data.lib.log_categories

_settings := input.related.diagnostic_settings

_function if contains(lower(input.resource.kind), "functionapp")

_table := "function app" if _function

_table := "Microsoft.Web/sites" if not _function

_missing := log_categories.missing(_table, _settings)

deny contains finding if {
	count(_missing) > 0
	not log_categories.unclear(_table, _settings)
	finding := {
		"message": sprintf("%d diagnostic settings of the app leave out %s", [count(_settings), concat(", ", _missing)]),
		"path": "related.diagnostic_settings.*.properties.logs",
		"actual": sort({log.category | some setting in _settings; some log in setting.properties.logs; log.enabled == true; is_string(log.category)}),
		"expected": log_categories.wanted(_table),
	}
}

unknown contains "which categories the group audit holds for this type is not known" if {
	count(_missing) > 0
	log_categories.unclear(_table, _settings)
}
