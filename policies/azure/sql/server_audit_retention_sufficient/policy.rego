# METADATA
# title: Audit records of the server in storage are kept long enough
# description: |
#   Misuse is often found months after it began, and then the records of its beginning are needed. The number of days holds for records in a
#   storage account; 0 keeps them for ever, and records in a workspace follow the retention of the workspace. Where auditing is off the
#   policy does not apply (auditing_enabled).
# related_resources:
#   - ref: https://learn.microsoft.com/azure/azure-sql/database/auditing-overview
# custom:
#   check: LOG-SQL-002
#   severity: medium
#   resource: Microsoft.Sql/servers/auditingSettings
#   reads:
#     - {path: resource.properties.state, type: string}
#     - path: resource.properties.retentionDays
#       type: integer
#       absent: "0: the records are kept until somebody deletes them"
#   parameters:
#     audit_retention_days_min: {type: integer, default: 90, min: 1, max: 3285, meaning: fewest days that audit records in a storage account are kept}
#   controls:
#     RTS-12-2-a: compares the retention of these records with the period that the firm set
#     RTS-12-2-c: a record of access that is gone before anyone needs it has not been kept
#     DORA-10-1: what began long before it was noticed can be followed back
#   fix: {path: resource.properties.retentionDays, parameter: audit_retention_days_min}
#   remediation:
#     az: az sql server audit-policy update --resource-group RESOURCE_GROUP --name SERVER --retention-days 90
#     terraform: |
#       resource "azurerm_mssql_server_extended_auditing_policy" "example" {
#         # ...
#         server_id         = azurerm_mssql_server.example.id
#         retention_in_days = 90
#       }
#     bicep: |
#       resource auditing 'Microsoft.Sql/servers/auditingSettings@2023-08-01' = {
#         parent: server
#         name: 'default'
#         properties: {
#           state: 'Enabled'
#           storageEndpoint: storageAccount.properties.primaryEndpoints.blob
#           retentionDays: 90
#         }
#       }
#     portal: SQL server > Security > Auditing > Storage > Advanced properties > Retention (Days)
package azure.sql.server_audit_retention_sufficient

import data.lib.arm

_state := input.resource.properties.state

default _days := 0

_days := input.resource.properties.retentionDays

not_applicable contains "auditing is off" if arm.same(_state, "Disabled")

deny contains finding if {
	_days > 0
	_days < data.parameters.audit_retention_days_min
	finding := {
		"message": sprintf("audit records are kept for %v days, fewer than %v", [_days, data.parameters.audit_retention_days_min]),
		"path": "resource.properties.retentionDays",
		"actual": _days,
		"expected": sprintf("at least %v, or 0", [data.parameters.audit_retention_days_min]),
	}
}

unknown contains sprintf("the retention is %v days, which is no length of time", [_days]) if _days < 0

unknown contains sprintf("the state of auditing is %q, which this policy does not know", [_state]) if {
	not arm.one_of(_state, ["Enabled", "Disabled"])
}
