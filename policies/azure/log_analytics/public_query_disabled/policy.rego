# METADATA
# title: The internet cannot query the workspace
# description: |
#   Whoever has a token reads the logs from anywhere, and logs tell how the firm works and what its customers did. With public access off,
#   only networks behind an Azure Monitor private link scope get through. Make the scope first: agents and the portal outside it lose their
#   connection.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/azure-monitor/logs/private-link-security
# custom:
#   check: LA-NET-002
#   severity: medium
#   resource: Microsoft.OperationalInsights/workspaces
#   reads:
#     - path: resource.properties.publicNetworkAccessForQuery
#       type: string
#       absent: "Enabled: Azure's default"
#   controls:
#     RTS-12-2-d: logs are protected against reading by whoever holds a token
#     RTS-13-1-g: traffic with the log store stays on private connections
#     DORA-9-4-b: the connection to the log store can be cut or segmented
#     GDPR-25-2: personal data in logs is not open to an indefinite public
#   fix: {path: resource.properties.publicNetworkAccessForQuery, value: Disabled}
#   remediation:
#     az: az monitor log-analytics workspace update --resource-group RESOURCE_GROUP --workspace-name WORKSPACE --query-access Disabled
#     terraform: |
#       resource "azurerm_log_analytics_workspace" "example" {
#         # ...
#         internet_query_access_type = "Disabled" # azurerm 3 and 4: internet_query_enabled = false
#       }
#     bicep: |
#       resource workspace 'Microsoft.OperationalInsights/workspaces@2025-07-01' = {
#         // ...
#         properties: {
#           publicNetworkAccessForQuery: 'Disabled'
#         }
#       }
package azure.log_analytics.public_query_disabled

import data.lib.arm

default _access := "Enabled"

_access := input.resource.properties.publicNetworkAccessForQuery

deny contains finding if {
	arm.same(_access, "Enabled")
	finding := {
		"message": "every network may query the workspace",
		"path": "resource.properties.publicNetworkAccessForQuery",
		"actual": _access,
		"expected": "Disabled",
	}
}

unknown contains sprintf("publicNetworkAccessForQuery is %q, which this policy does not know", [_access]) if {
	not arm.one_of(_access, ["Disabled", "SecuredByPerimeter", "Enabled"])
}
