# METADATA
# title: The logs of the resource are sent where they can be searched
# description: |
#   Logs that are only archived are read after the damage. A setting that writes to a workspace, or to an event hub from which the firm's own
#   tool reads, lets rules look for anomalies while there is time. Which kinds of destination count is a parameter. What is done with the
#   logs at the destination is not seen here. A resource without any setting is left out: other policies ask for one. In code, a destination
#   that is known only when the code is applied makes the finding unknown.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/azure-monitor/platform/diagnostic-settings
# custom:
#   check: LOG-DIAG-003
#   severity: medium
#   resource:
#     - Microsoft.Cache/redis
#     - Microsoft.Cache/redisEnterprise/databases
#     - Microsoft.Cdn/profiles
#     - Microsoft.CognitiveServices/accounts
#     - Microsoft.ContainerRegistry/registries
#     - Microsoft.ContainerService/managedClusters
#     - Microsoft.DBforMySQL/flexibleServers
#     - Microsoft.DBforPostgreSQL/flexibleServers
#     - Microsoft.DataFactory/factories
#     - Microsoft.DataProtection/backupVaults
#     - Microsoft.Databricks/workspaces
#     - Microsoft.DocumentDB/databaseAccounts
#     - Microsoft.DocumentDB/mongoClusters
#     - Microsoft.EventHub/namespaces
#     - Microsoft.KeyVault/managedHSMs
#     - Microsoft.KeyVault/vaults
#     - Microsoft.Kusto/clusters
#     - Microsoft.Network/applicationGateways
#     - Microsoft.Network/azureFirewalls
#     - Microsoft.Network/networkSecurityGroups
#     - Microsoft.OperationalInsights/workspaces
#     - Microsoft.RecoveryServices/vaults
#     - Microsoft.Search/searchServices
#     - Microsoft.ServiceBus/namespaces
#     - Microsoft.Sql/managedInstances
#     - Microsoft.Sql/servers/databases
#     - Microsoft.Storage/storageAccounts/blobServices
#     - Microsoft.Storage/storageAccounts/fileServices
#     - Microsoft.Storage/storageAccounts/queueServices
#     - Microsoft.Web/sites
#   reads:
#     - {path: related.diagnostic_settings.*.properties.workspaceId, type: string, absent: "the setting writes to no workspace"}
#     - {path: related.diagnostic_settings.*.properties.eventHubAuthorizationRuleId, type: string, absent: "the setting writes to no event hub"}
#     - {path: related.diagnostic_settings.*.properties.storageAccountId, type: string, absent: "the setting writes to no storage account"}
#     - {path: related.diagnostic_settings.*.properties.marketplacePartnerId, type: string, absent: "the setting writes to no partner of Azure"}
#   parameters:
#     log_destinations_allowed: {type: list, default: [workspace, event_hub], allowed: [workspace, event_hub, storage, partner], meaning: kinds of destination of which one must receive the logs of a resource}
#   controls:
#     DORA-10-1: shows whether logs arrive where something could find an anomaly in them, or in an archive only
#     RTS-12-2-c: shows where the logged events go
#     RTS-8-2-b-iii: shows the destination of the audit trail that operating procedures ask for
#   remediation:
#     az: az monitor diagnostic-settings create --name logs-to-workspace --resource RESOURCE_ID --workspace WORKSPACE_ID --logs '[{"categoryGroup":"allLogs","enabled":true}]'
#     terraform: |
#       resource "azurerm_monitor_diagnostic_setting" "example" {
#         # ...
#         log_analytics_workspace_id = azurerm_log_analytics_workspace.example.id
#       }
#     bicep: |
#       resource setting 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
#         // ...
#         properties: {
#           // ...
#           workspaceId: workspace.id
#         }
#       }
package azure.estate.logs_searchable

not_applicable contains "the resource has no diagnostic setting" if count(input.related.diagnostic_settings) == 0

_to contains "workspace" if {
	some setting in input.related.diagnostic_settings
	contains(setting.properties.workspaceId, "/")
}

_to contains "event_hub" if {
	some setting in input.related.diagnostic_settings
	contains(setting.properties.eventHubAuthorizationRuleId, "/")
}

_to contains "storage" if {
	some setting in input.related.diagnostic_settings
	contains(setting.properties.storageAccountId, "/")
}

_to contains "partner" if {
	some setting in input.related.diagnostic_settings
	contains(setting.properties.marketplacePartnerId, "/")
}

deny contains finding if {
	count(_to & {kind | some kind in data.parameters.log_destinations_allowed}) == 0
	finding := {
		"message": sprintf("logs of the resource go to: %s", [concat(", ", sort(_to))]),
		"path": "related.diagnostic_settings.*.properties.workspaceId",
		"actual": sort(_to),
		"expected": data.parameters.log_destinations_allowed,
	}
}
