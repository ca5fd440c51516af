# METADATA
# title: Error pages of the app are kept
# description: |
#   Without this log nobody can say afterwards what happened in errors of the app. These logs stay on the app's own file system or
#   storage; diagnostic settings carry them to a workspace. Lists of Azure leave siteConfig out; without it there is no verdict.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/app-service/troubleshoot-diagnostic-logs
# custom:
#   check: APP-LOG-002
#   severity: low
#   resource: Microsoft.Web/sites
#   reads:
#     - {path: resource.properties.siteConfig.detailedErrorLoggingEnabled, type: boolean}
#     - {path: resource.kind, type: string}
#   controls:
#     RTS-12-2-c: makes errors of the app part of what is logged
#     DORA-10-1: anomalies of the app can only be detected in records that are kept
#     RTS-23-2-b: alerts on the app need errors of the app as their source
#   fix: {path: resource.properties.siteConfig.detailedErrorLoggingEnabled, value: true}
#   remediation:
#     az: az webapp log config --resource-group RESOURCE_GROUP --name APP --detailed-error-messages true
#     terraform: |
#       resource "azurerm_linux_web_app" "example" {
#         # ...
#         logs {
#           detailed_error_messages = true
#         }
#       }
#     bicep: "properties: { siteConfig: { detailedErrorLoggingEnabled: true } }"
package azure.app_service.errors_logged

_detailed_error_logging_enabled := input.resource.properties.siteConfig.detailedErrorLoggingEnabled

not_applicable contains "a function app logs to Application Insights" if contains(lower(input.resource.kind), "functionapp")

deny contains finding if {
	_detailed_error_logging_enabled == false
	finding := {
		"message": "error pages are not kept",
		"path": "resource.properties.siteConfig.detailedErrorLoggingEnabled",
		"actual": _detailed_error_logging_enabled,
		"expected": true,
	}
}
