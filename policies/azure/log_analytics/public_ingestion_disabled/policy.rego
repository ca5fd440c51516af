# METADATA
# title: The internet cannot send logs to the workspace
# description: |
#   A workspace that takes logs from everywhere takes forged ones too, from whoever holds a key or a token. With public access off, only
#   networks behind an Azure Monitor private link scope get through. Make the scope first: agents and the portal outside it lose their
#   connection.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/azure-monitor/logs/private-link-security
# custom:
#   check: LA-NET-001
#   severity: medium
#   resource: Microsoft.OperationalInsights/workspaces
#   reads:
#     - path: resource.properties.publicNetworkAccessForIngestion
#       type: string
#       absent: "Enabled: Azure's default"
#   controls:
#     RTS-12-2-d: closes a way by which records can be forged from outside
#     RTS-13-1-g: traffic with the log store stays on private connections
#     DORA-9-4-b: the connection to the log store can be cut or segmented
#     RTS-13-1-d: a sender that the firm does not know is refused
#   fix: {path: resource.properties.publicNetworkAccessForIngestion, value: Disabled}
#   remediation:
#     az: az monitor log-analytics workspace update --resource-group RESOURCE_GROUP --workspace-name WORKSPACE --ingestion-access Disabled
#     terraform: |
#       resource "azurerm_log_analytics_workspace" "example" {
#         # ...
#         internet_ingestion_access_type = "Disabled" # azurerm 3 and 4: internet_ingestion_enabled = false
#       }
#     bicep: |
#       resource workspace 'Microsoft.OperationalInsights/workspaces@2025-07-01' = {
#         // ...
#         properties: {
#           publicNetworkAccessForIngestion: 'Disabled'
#         }
#       }
package azure.log_analytics.public_ingestion_disabled

import data.lib.arm

default _access := "Enabled"

_access := input.resource.properties.publicNetworkAccessForIngestion

deny contains finding if {
	arm.same(_access, "Enabled")
	finding := {
		"message": "every network may send logs to the workspace",
		"path": "resource.properties.publicNetworkAccessForIngestion",
		"actual": _access,
		"expected": "Disabled",
	}
}

unknown contains sprintf("publicNetworkAccessForIngestion is %q, which this policy does not know", [_access]) if {
	not arm.one_of(_access, ["Disabled", "SecuredByPerimeter", "Enabled"])
}
