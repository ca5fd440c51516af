# METADATA
# title: The audit log of the vault is collected
# description: |
#   Without its audit log nobody can say who used, changed or deleted a key or a secret. The policy judges the vault or Managed HSM, with all its
#   diagnostic settings together: one without any setting fails. Code that leaves settings to an assignment of Azure Policy fails as well: judge
#   the estate then, or waive.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/azure-monitor/reference/logs-index
# custom:
#   check: LOG-DIAG-002
#   aliases: [azure.monitor.key_vault_audit_collected]
#   severity: high
#   resource:
#     - Microsoft.KeyVault/managedHSMs
#     - Microsoft.KeyVault/vaults
#   reads:
#     - {path: related.diagnostic_settings.*.properties.logs, type: array, absent: "the setting collects no logs"}
#   controls:
#     DORA-10-1: events from which anomalies can be detected are collected at all
#     RTS-12-2-c: compares the classes of events that are logged with those that the firm requires
#     RTS-8-2-b-iii: shows the audit trail that operating procedures ask for as a setting in force
#     GDPR-32-1-d: whether protection works can be examined, because what happened is on record
#     RTS-7-2: every use of a key can be attributed, so misuse does not stay hidden
#   remediation:
#     az: az monitor diagnostic-settings create --name logs-to-workspace --resource RESOURCE_ID --workspace WORKSPACE_ID --logs '[{"categoryGroup":"allLogs","enabled":true}]'
#     terraform: |
#       resource "azurerm_monitor_diagnostic_setting" "example" {
#         name                       = "logs-to-workspace"
#         target_resource_id         = azurerm_key_vault.example.id
#         log_analytics_workspace_id = azurerm_log_analytics_workspace.example.id
#         enabled_log { category_group = "allLogs" }
#       }
#     bicep: |
#       resource setting 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
#         name: 'logs-to-workspace'
#         scope: vault
#         properties: {
#           workspaceId: workspace.id
#           logs: [{ categoryGroup: 'allLogs', enabled: true }]
#         }
#       }
#     note: To pay for less, name the categories that the finding asks for in place of allLogs.
package azure.estate.vault_logs_collected

import data.lib.log_categories

_settings := input.related.diagnostic_settings

_missing := log_categories.missing(input.resource.type, _settings)

deny contains finding if {
	count(_missing) > 0
	finding := {
		"message": sprintf("%d diagnostic settings of the resource leave out %s", [count(_settings), concat(", ", _missing)]),
		"path": "related.diagnostic_settings.*.properties.logs",
		"actual": sort({log.category | some setting in _settings; some log in setting.properties.logs; log.enabled == true; is_string(log.category)}),
		"expected": log_categories.wanted(input.resource.type),
	}
}

unknown contains sprintf("which logs %s must keep is not known", [input.resource.type]) if not log_categories.known(input.resource.type)
