# METADATA
# title: Only Entra identities send logs to the workspace
# description: |
#   The two keys of a workspace let anybody who knows them write log records that look genuine, and no record says who it was. With local
#   authentication off only Microsoft Entra identities send logs. Old agents that sign in with a key stop working.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/azure-monitor/logs/manage-access
# custom:
#   check: LA-AUTH-001
#   severity: medium
#   resource: Microsoft.OperationalInsights/workspaces
#   reads:
#     - path: resource.properties.features.disableLocalAuth
#       type: boolean
#       absent: "false: Azure's default: the keys of the workspace work"
#   controls:
#     RTS-12-2-d: protects the log against records that somebody forged with a copied key
#     RTS-21-c: ends the use of two shared keys whose holders cannot be told apart
#   fix: {path: resource.properties.features.disableLocalAuth, value: true}
#   remediation:
#     az: az resource update --ids WORKSPACE_ID --set properties.features.disableLocalAuth=true
#     terraform: |
#       resource "azurerm_log_analytics_workspace" "example" {
#         # ...
#         local_authentication_enabled = false # before azurerm 5 also: local_authentication_disabled = true
#       }
#     bicep: |
#       resource workspace 'Microsoft.OperationalInsights/workspaces@2025-07-01' = {
#         // ...
#         properties: {
#           features: {
#             disableLocalAuth: true
#           }
#         }
#       }
package azure.log_analytics.local_authentication_disabled

default _disabled := false

_disabled := input.resource.properties.features.disableLocalAuth

deny contains finding if {
	_disabled == false
	finding := {
		"message": "the keys of the workspace can be used to send logs",
		"path": "resource.properties.features.disableLocalAuth",
		"actual": _disabled,
		"expected": true,
	}
}
