# METADATA
# title: Only Entra identities send telemetry to Application Insights
# description: |
#   The instrumentation key stands in the code of web pages and in settings. Whoever has read it may send telemetry that looks genuine, hide
#   real failures in noise, or raise the bill. Pages in browsers cannot sign in with an Entra identity; waive the finding for them.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/azure-monitor/app/azure-ad-authentication
# custom:
#   check: LA-AUTH-001
#   severity: low
#   resource: Microsoft.Insights/components
#   reads:
#     - path: resource.properties.DisableLocalAuth
#       type: boolean
#       absent: "false: Azure's default: the key works"
#   controls:
#     RTS-12-2-d: protects telemetry against records that somebody forged
#     RTS-21-c: ends the use of a shared key that no person or system can be told by
#   fix: {path: resource.properties.DisableLocalAuth, value: true}
#   remediation:
#     az: az resource update --ids COMPONENT_ID --set properties.DisableLocalAuth=true
#     terraform: |
#       resource "azurerm_application_insights" "example" {
#         # ...
#         local_authentication_disabled = true
#       }
#     bicep: |
#       properties: { DisableLocalAuth: true }
package azure.monitor.application_insights_local_authentication_disabled

default _disabled := false

_disabled := input.resource.properties.DisableLocalAuth

deny contains finding if {
	_disabled == false
	finding := {
		"message": "whoever knows the instrumentation key may send telemetry",
		"path": "resource.properties.DisableLocalAuth",
		"actual": _disabled,
		"expected": true,
	}
}
