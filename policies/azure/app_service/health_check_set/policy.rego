# METADATA
# title: App Service takes failed instances of the app out of use
# description: |
#   With a health check, App Service asks every instance once a minute and sends no more requests to one that does not answer. Without it,
#   spare instances do not help: callers still meet the broken one. Lists of Azure leave siteConfig out; without it there is no verdict.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/app-service/monitor-instances-health-check
# custom:
#   check: APP-ZR-003
#   severity: low
#   resource: Microsoft.Web/sites
#   reads:
#     - {path: resource.properties.siteConfig.healthCheckPath, type: string}
#   controls:
#     DORA-12-4: redundant instances count only if a failed one is taken out of use
#     DORA-10-1: an instance that fails is noticed by App Service itself
#     GDPR-32-1-b: processing stays available when one instance fails
#   remediation:
#     az: "az webapp config set --resource-group RESOURCE_GROUP --name APP --generic-configurations '{\"healthCheckPath\": \"/health\"}'"
#     terraform: |
#       resource "azurerm_linux_web_app" "example" {
#         # ...
#         site_config {
#           health_check_path                 = "/health"
#           health_check_eviction_time_in_min = 10
#         }
#       }
#     bicep: "properties: { siteConfig: { healthCheckPath: '/health' } }"
package azure.app_service.health_check_set

_path := input.resource.properties.siteConfig.healthCheckPath

deny contains finding if {
	_path == ""
	finding := {
		"message": "App Service does not ask the instances of the app whether they work",
		"path": "resource.properties.siteConfig.healthCheckPath",
		"actual": _path,
		"expected": "a path of the app",
	}
}
