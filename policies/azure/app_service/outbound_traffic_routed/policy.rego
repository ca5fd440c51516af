# METADATA
# title: All traffic that the app sends goes through the network of the firm
# description: |
#   An app that is joined to a network sends only traffic for private addresses into it. All else leaves directly, past firewall and logs.
#   With this setting everything goes through the subnet, where rules and routes hold.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/app-service/configure-vnet-integration-routing
# custom:
#   check: APP-NET-004
#   severity: medium
#   resource: Microsoft.Web/sites
#   reads:
#     - path: resource.properties.siteConfig.vnetRouteAllEnabled
#       type: boolean
#       absent: "off: only private addresses are routed into the network"
#   controls:
#     RTS-13-1-g: traffic of the app to the internet goes over a way that the firm can guard
#     RTS-14-1-b: data does not leave the app unseen
#     RTS-11-2-i: an app that was taken over has no unguarded way out
#     GDPR-32-1-b: personal data in the app has no unguarded way out
#   fix: {path: resource.properties.siteConfig.vnetRouteAllEnabled, value: true}
#   remediation:
#     az: az resource update --ids APP_ID/config/web --set properties.vnetRouteAllEnabled=true
#     terraform: |
#       resource "azurerm_linux_web_app" "example" {
#         # ...
#         site_config {
#           vnet_route_all_enabled = true
#         }
#       }
#     bicep: |
#       resource app 'Microsoft.Web/sites@2024-11-01' = {
#         // ...
#         properties: {
#           siteConfig: { vnetRouteAllEnabled: true }
#         }
#       }
#     portal: App > Settings > Networking > Virtual network integration > Outbound internet traffic
package azure.app_service.outbound_traffic_routed

default _routed := false

_routed := input.resource.properties.siteConfig.vnetRouteAllEnabled

deny contains finding if {
	_routed == false
	finding := {
		"message": "traffic to public addresses leaves past the network of the firm",
		"path": "resource.properties.siteConfig.vnetRouteAllEnabled",
		"actual": false,
		"expected": true,
	}
}
