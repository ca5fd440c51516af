# METADATA
# title: Failed requests to the app are traced
# description: |
#   Without this log nobody can say afterwards what happened in failed requests to the app. These logs stay on the app's own file system
#   or storage; diagnostic settings carry them to a workspace. Lists of Azure leave siteConfig out; without it there is no verdict.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/app-service/troubleshoot-diagnostic-logs
# custom:
#   check: APP-LOG-003
#   severity: low
#   resource: Microsoft.Web/sites
#   reads:
#     - {path: resource.properties.siteConfig.requestTracingEnabled, type: boolean}
#     - {path: resource.kind, type: string}
#   controls:
#     RTS-12-2-c: makes failed requests to the app part of what is logged
#     DORA-10-1: anomalies of the app can only be detected in records that are kept
#     RTS-23-2-b: alerts on the app need failed requests to the app as their source
#   fix: {path: resource.properties.siteConfig.requestTracingEnabled, value: true}
#   remediation:
#     az: az webapp log config --resource-group RESOURCE_GROUP --name APP --failed-request-tracing true
#     terraform: |
#       resource "azurerm_linux_web_app" "example" {
#         # ...
#         logs {
#           failed_request_tracing = true
#         }
#       }
#     bicep: "properties: { siteConfig: { requestTracingEnabled: true } }"
package azure.app_service.failed_requests_traced

_request_tracing_enabled := input.resource.properties.siteConfig.requestTracingEnabled

not_applicable contains "a function app logs to Application Insights" if contains(lower(input.resource.kind), "functionapp")

deny contains finding if {
	_request_tracing_enabled == false
	finding := {
		"message": "failed requests are not traced",
		"path": "resource.properties.siteConfig.requestTracingEnabled",
		"actual": _request_tracing_enabled,
		"expected": true,
	}
}
