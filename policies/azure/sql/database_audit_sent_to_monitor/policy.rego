# METADATA
# title: Audit records of the database go to Azure Monitor
# description: |
#   Records in a storage account are an archive: nobody is alerted by them, and searching them takes a download. Sent to Azure Monitor they
#   reach a workspace or an event hub, where rules look at them as they arrive. Whether a diagnostic setting takes them further is not seen
#   here.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/azure-sql/database/auditing-setup
# custom:
#   check: LOG-SQL-005
#   severity: low
#   resource: Microsoft.Sql/servers/databases/auditingSettings
#   reads:
#     - path: resource.properties.isAzureMonitorTargetEnabled
#       type: boolean
#       absent: "off: records go only where the setting says"
#     - {path: resource.properties.state, type: string}
#   controls:
#     DORA-10-1: records that arrive where rules look at them let anomalies be recognised promptly
#     RTS-12-2-c: the events of the database stand beside those of identity and network
#     RTS-23-2-b: alerts on misuse can only be raised on records that a tool sees
#   fix: {path: resource.properties.isAzureMonitorTargetEnabled, value: true}
#   remediation:
#     az: |
#       az sql db audit-policy update --resource-group RESOURCE_GROUP --server SERVER --name DATABASE --state Enabled \
#         --lats Enabled --log-analytics-workspace-resource-id WORKSPACE_ID
#     terraform: |
#       resource "azurerm_mssql_database_extended_auditing_policy" "example" {
#         database_id            = azurerm_mssql_database.example.id
#         log_monitoring_enabled = true
#       }
#     bicep: |
#       resource auditing 'Microsoft.Sql/servers/databases/auditingSettings@2023-08-01' = {
#         parent: database
#         name: 'default'
#         properties: {
#           state: 'Enabled'
#           isAzureMonitorTargetEnabled: true
#         }
#       }
#     portal: SQL database > Security > Auditing > Log Analytics
package azure.sql.database_audit_sent_to_monitor

import data.lib.arm

default _sent := false

_sent := input.resource.properties.isAzureMonitorTargetEnabled

_state := input.resource.properties.state

not_applicable contains "auditing is off" if arm.same(_state, "Disabled")

deny contains finding if {
	_sent == false
	finding := {
		"message": "audit records do not go to Azure Monitor",
		"path": "resource.properties.isAzureMonitorTargetEnabled",
		"actual": false,
		"expected": true,
	}
}

unknown contains sprintf("the state of auditing is %q, which this policy does not know", [_state]) if {
	not arm.one_of(_state, ["Enabled", "Disabled"])
}
