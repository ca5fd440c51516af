# METADATA
# title: The app is not unloaded when it is idle
# description: |
#   An app that nobody calls for twenty minutes is unloaded. The next caller waits for a cold start, jobs in the background stop, and health
#   checks see nothing.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/app-service/configure-common
# custom:
#   check: APP-HAO-004
#   severity: low
#   resource: Microsoft.Web/sites
#   reads:
#     - path: resource.properties.siteConfig.alwaysOn
#       type: boolean
#       absent: "off: an app that does not say so is unloaded when it is idle"
#   controls:
#     DORA-9-3-c: the first call after a quiet time does not fail or time out
#     DORA-7-c: the app is ready for calls at any time
#   fix: {path: resource.properties.siteConfig.alwaysOn, value: true}
#   remediation:
#     az: az webapp config set --resource-group RESOURCE_GROUP --name APP --always-on true
#     terraform: |
#       resource "azurerm_linux_web_app" "example" {
#         # ...
#         site_config {
#           always_on = true
#         }
#       }
#     bicep: |
#       resource app 'Microsoft.Web/sites@2024-11-01' = {
#         // ...
#         properties: {
#           siteConfig: { alwaysOn: true }
#         }
#       }
#     portal: App > Settings > Configuration > General settings > Always on
package azure.app_service.kept_running

default _kept := false

_kept := input.resource.properties.siteConfig.alwaysOn

deny contains finding if {
	_kept == false
	finding := {
		"message": "the app is unloaded when it is idle",
		"path": "resource.properties.siteConfig.alwaysOn",
		"actual": false,
		"expected": true,
	}
}
