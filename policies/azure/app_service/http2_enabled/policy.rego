# METADATA
# title: The app speaks HTTP/2
# description: |
#   HTTP/2 is the current protocol of browsers, with binary framing and one connection for many requests. This is about keeping protocols
#   up to date: HTTP/1.1 over TLS is no less encrypted. Lists of Azure leave siteConfig out; without it there is no verdict.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/app-service/configure-common
# custom:
#   check: APP-INV-001
#   severity: low
#   resource: Microsoft.Web/sites
#   reads:
#     - {path: resource.properties.siteConfig.http20Enabled, type: boolean}
#   controls:
#     DORA-7-intro: shows whether the app offers the protocol that is current, and not only its predecessor
#     RTS-11-2-b: one setting of the app's baseline that can be verified
#   fix: {path: resource.properties.siteConfig.http20Enabled, value: true}
#   remediation:
#     az: az webapp config set --resource-group RESOURCE_GROUP --name APP --http20-enabled true
#     terraform: |
#       resource "azurerm_linux_web_app" "example" {
#         # ...
#         site_config {
#           http2_enabled = true
#         }
#       }
#     bicep: "properties: { siteConfig: { http20Enabled: true } }"
package azure.app_service.http2_enabled

_http20_enabled := input.resource.properties.siteConfig.http20Enabled

deny contains finding if {
	_http20_enabled == false
	finding := {
		"message": "the app speaks HTTP/1.1 only",
		"path": "resource.properties.siteConfig.http20Enabled",
		"actual": _http20_enabled,
		"expected": true,
	}
}
