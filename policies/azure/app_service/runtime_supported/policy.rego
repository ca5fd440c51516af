# METADATA
# title: The app runs on a version of its language that the firm counts as supported
# description: |
#   A language version that its maker no longer corrects keeps the weaknesses that are found in it, and App Service goes on running it. The
#   list is the firm's, app_runtimes_supported, and while it is empty this policy does not apply. Apps on Linux are judged; a container
#   brings its own runtime, which is not seen here.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/app-service/language-support-policy
# custom:
#   check: APP-EOL-001
#   severity: medium
#   resource: Microsoft.Web/sites
#   reads:
#     - {path: resource.properties.siteConfig.linuxFxVersion, type: string}
#   parameters:
#     app_runtimes_supported: {type: list, default: [], pattern: "^[A-Za-z]+[|][A-Za-z0-9.:-]+$", meaning: runtimes of App Service on Linux that count as supported; empty checks none}
#   controls:
#     RTS-4-2-b-ix: compares the runtime in use with the ones that are still supported
#     DORA-7-intro: shows whether the runtime is kept up to date
#     DORA-8-7: points to apps that have become legacy systems
#     RTS-34: monitors the status of support of the runtime
#   remediation:
#     az: |
#       az webapp config set --resource-group RESOURCE_GROUP --name APP --linux-fx-version "PYTHON|3.13"
#     terraform: |
#       resource "azurerm_linux_web_app" "example" {
#         # ...
#         site_config {
#           application_stack {
#             python_version = "3.13"
#           }
#         }
#       }
#     bicep: |
#       resource app 'Microsoft.Web/sites@2024-11-01' = {
#         // ...
#         properties: {
#           siteConfig: { linuxFxVersion: 'PYTHON|3.13' }
#         }
#       }
#     note: Test the app on the new version in a slot first.
package azure.app_service.runtime_supported

import data.lib.arm

_runtime := input.resource.properties.siteConfig.linuxFxVersion

not_applicable contains "no list of supported runtimes is set" if count(data.parameters.app_runtimes_supported) == 0

not_applicable contains "the app brings its own runtime" if regex.match(`^(docker|compose|kube|sitecontainers)([|]|$)`, lower(_runtime))

deny contains finding if {
	contains(_runtime, "|")
	count(data.parameters.app_runtimes_supported) > 0
	not arm.one_of(_runtime, data.parameters.app_runtimes_supported)
	finding := {
		"message": sprintf("the app runs on %s", [_runtime]),
		"path": "resource.properties.siteConfig.linuxFxVersion",
		"actual": _runtime,
		"expected": data.parameters.app_runtimes_supported,
	}
}

unknown contains "the app does not say on what it runs" if not contains(_runtime, "|")
