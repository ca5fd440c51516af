# METADATA
# title: Azure SQL records who does what
# description: |
#   Without auditing nobody can say afterwards who signed in, who read personal data and who changed rights, and misuse goes unseen.
#   Auditing on the server covers all its databases. Azure shows one setting under two names, auditingSettings and extendedAuditingSettings;
#   code may write either.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/azure-sql/database/auditing-overview
# custom:
#   check: LOG-SQL-001
#   severity: high
#   resource: Microsoft.Sql/servers
#   reads:
#     - path: children.auditingSettings.default.properties.state
#       type: string
#       absent: "off, unless extendedAuditingSettings says otherwise"
#     - path: children.extendedAuditingSettings.default.properties.state
#       type: string
#       absent: "off, unless auditingSettings says otherwise"
#   controls:
#     DORA-10-1: sign-ins, statements and changes of rights are among the events from which anomalies are recognised
#     RTS-12-2-c: shows that sign-ins, statements and changes of rights are recorded, one of the kinds of event that logging has to cover
#     RTS-8-2-b-iii: operating procedures that ask for a trail of sign-ins, statements and changes of rights find it switched on
#     GDPR-32-1-d: without sign-ins, statements and changes of rights on record nobody can assess whether the measures work
#   remediation:
#     az: |
#       az sql server audit-policy update --resource-group RESOURCE_GROUP --name SERVER --state Enabled \
#         --lats Enabled --log-analytics-workspace-resource-id WORKSPACE_ID
#     terraform: |
#       resource "azurerm_mssql_server_extended_auditing_policy" "example" {
#         server_id              = azurerm_mssql_server.example.id
#         log_monitoring_enabled = true
#       }
#     bicep: |
#       resource auditing 'Microsoft.Sql/servers/auditingSettings@2023-08-01' = {
#         parent: server
#         name: 'default'
#         properties: {
#           state: 'Enabled'
#           isAzureMonitorTargetEnabled: true
#         }
#       }
#     portal: SQL server > Security > Auditing > Enable Azure SQL Auditing
#     note: Records sent to Azure Monitor also need a diagnostic setting of the master database with the category SQLSecurityAuditEvents.
package azure.sql.auditing_enabled

import data.lib.arm

_states contains input.children.auditingSettings.default.properties.state

_states contains input.children.extendedAuditingSettings.default.properties.state

deny contains finding if {
	every state in _states {
		arm.same(state, "Disabled")
	}
	finding := {
		"message": "auditing is off",
		"path": "children.auditingSettings.default.properties.state",
		"actual": "Disabled",
		"expected": "Enabled",
	}
}

unknown contains sprintf("the state of auditing is %q, which this policy does not know", [state]) if {
	some state in _states
	not arm.one_of(state, ["Enabled", "Disabled"])
}
