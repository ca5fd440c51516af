# METADATA
# title: Requests to the app are logged
# description: |
#   Without this log nobody can say afterwards what happened in requests to the app. These logs stay on the app's own file system or
#   storage; diagnostic settings carry them to a workspace. Lists of Azure leave siteConfig out; without it there is no verdict.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/app-service/troubleshoot-diagnostic-logs
# custom:
#   check: APP-LOG-001
#   severity: low
#   resource: Microsoft.Web/sites
#   reads:
#     - {path: resource.properties.siteConfig.httpLoggingEnabled, type: boolean}
#     - {path: resource.kind, type: string}
#   controls:
#     RTS-12-2-c: makes requests to the app part of what is logged
#     DORA-10-1: anomalies of the app can only be detected in records that are kept
#     RTS-23-2-b: alerts on the app need requests to the app as their source
#   fix: {path: resource.properties.siteConfig.httpLoggingEnabled, value: true}
#   remediation:
#     az: az webapp log config --resource-group RESOURCE_GROUP --name APP --web-server-logging filesystem
#     terraform: |
#       resource "azurerm_linux_web_app" "example" {
#         # ...
#         logs {
#           http_logs {
#             file_system {
#               retention_in_days = 30
#               retention_in_mb   = 35
#             }
#           }
#         }
#       }
#     bicep: "properties: { siteConfig: { httpLoggingEnabled: true } }"
package azure.app_service.http_logged

_http_logging_enabled := input.resource.properties.siteConfig.httpLoggingEnabled

not_applicable contains "a function app logs to Application Insights" if contains(lower(input.resource.kind), "functionapp")

deny contains finding if {
	_http_logging_enabled == false
	finding := {
		"message": "requests are not logged",
		"path": "resource.properties.siteConfig.httpLoggingEnabled",
		"actual": _http_logging_enabled,
		"expected": true,
	}
}
