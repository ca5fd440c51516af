# METADATA
# title: The app is joined to a network of the firm
# description: |
#   An app that is joined to no network reaches databases and vaults over their public addresses only, which then have to stay open. Joined
#   to a subnet it uses private endpoints, and its traffic can be guarded.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/app-service/overview-vnet-integration
# custom:
#   check: APP-NET-003
#   severity: medium
#   resource: Microsoft.Web/sites
#   reads:
#     - path: resource.properties.virtualNetworkSubnetId
#       type: string
#       absent: "none: the app is joined to no network"
#   controls:
#     DORA-9-4-b: traffic of the app to its data goes over a network that the firm can cut
#     RTS-13-1-a: the app belongs to a segment of the network
#     RTS-13-1-g: the app needs no public address of the services that it uses
#     GDPR-32-1-b: personal data travels between app and database on private networks
#   remediation:
#     az: az webapp vnet-integration add --resource-group RESOURCE_GROUP --name APP --vnet NETWORK --subnet SUBNET
#     terraform: |
#       resource "azurerm_linux_web_app" "example" {
#         # ...
#         virtual_network_subnet_id = azurerm_subnet.apps.id
#       }
#     bicep: |
#       resource app 'Microsoft.Web/sites@2024-11-01' = {
#         // ...
#         properties: {
#           virtualNetworkSubnetId: subnet.id
#         }
#       }
#     portal: App > Settings > Networking > Virtual network integration
package azure.app_service.in_network_of_the_firm

default _subnet := ""

_subnet := input.resource.properties.virtualNetworkSubnetId

deny contains finding if {
	_subnet == ""
	finding := {
		"message": "the app is joined to no network",
		"path": "resource.properties.virtualNetworkSubnetId",
		"actual": "none",
		"expected": "a subnet of the firm",
	}
}
