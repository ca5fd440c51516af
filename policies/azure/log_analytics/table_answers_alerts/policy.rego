# METADATA
# title: Tables on which detection rests are of a plan that alerts can use
# description: |
#   A table of the plan Basic or Auxiliary is cheap to fill, but alert rules and hunting queries cannot use it as they use others, and it
#   keeps data for thirty days for queries. Which tables detection rests on is the parameter log_tables_for_alerts.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/azure-monitor/logs/data-platform-logs
# custom:
#   check: LOG-PLAN-001
#   severity: medium
#   resource: Microsoft.OperationalInsights/workspaces/tables
#   reads:
#     - path: resource.properties.plan
#       type: string
#       absent: "Analytics: a table that names no plan is of this one"
#   parameters:
#     log_tables_for_alerts: {type: list, default: [SigninLogs, AuditLogs, AzureActivity, SecurityAlert, SecurityEvent, AzureDiagnostics], pattern: "^[A-Za-z0-9_]+$", meaning: tables of logs on which detection rests}
#   controls:
#     DORA-10-2: alerts can be raised on what the table holds
#     RTS-23-2-b: the table can be used by rules that raise alerts by themselves
#     DORA-10-3: those who watch can query the table as they need to
#   remediation:
#     az: az monitor log-analytics workspace table update --resource-group RESOURCE_GROUP --workspace-name WORKSPACE --name TABLE --plan Analytics
#     terraform: |
#       resource "azurerm_log_analytics_workspace_table" "example" {
#         # ...
#         plan = "Analytics"
#       }
#     bicep: |
#       resource table 'Microsoft.OperationalInsights/workspaces/tables@2025-07-01' = {
#         // ...
#         properties: {
#           plan: 'Analytics'
#         }
#       }
#     note: The plan can be changed once a week.
package azure.log_analytics.table_answers_alerts

import data.lib.arm

default _plan := "Analytics"

_plan := input.resource.properties.plan

not_applicable contains "detection does not rest on this table" if not arm.one_of(input.resource.name, data.parameters.log_tables_for_alerts)

deny contains finding if {
	arm.one_of(_plan, ["Basic", "Auxiliary"])
	finding := {
		"message": sprintf("the table is of the plan %s", [_plan]),
		"path": "resource.properties.plan",
		"actual": _plan,
		"expected": "Analytics",
	}
}

unknown contains sprintf("plan is %q, which this policy does not know", [_plan]) if {
	not arm.one_of(_plan, ["Analytics", "Basic", "Auxiliary"])
}
