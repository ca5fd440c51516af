# METADATA
# title: Nothing in the subnet reaches the internet by Azure's default way out
# description: |
#   Azure lends systems without a way out of their own an address that nobody chose, that changes, and that passes no firewall. In a private
#   subnet, outbound traffic needs a NAT gateway, a firewall or a public address that somebody decided on. Systems lose their way out when
#   the setting is changed and they are stopped and started.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/virtual-network/ip-services/default-outbound-access
# custom:
#   check: NET-SUB-002
#   severity: medium
#   resource: Microsoft.Network/virtualNetworks/subnets
#   reads:
#     - path: resource.properties.defaultOutboundAccess
#       type: boolean
#       absent: "true: Azure's default: Azure lends addresses for outbound traffic"
#   controls:
#     RTS-13-1-g: traffic to the internet takes a way that the firm has set up
#     RTS-14-1-b: closes a way out by which data can leave unseen
#     RTS-13-1-b: outbound connections come from addresses that can be documented
#   fix: {path: resource.properties.defaultOutboundAccess, value: false}
#   remediation:
#     az: az network vnet subnet update --resource-group RESOURCE_GROUP --vnet-name VNET --name SUBNET --default-outbound false
#     terraform: |
#       resource "azurerm_subnet" "example" {
#         # ...
#         default_outbound_access_enabled = false
#       }
#     bicep: |
#       defaultOutboundAccess: false
package azure.network.subnet_private

default _outbound := true

_outbound := input.resource.properties.defaultOutboundAccess

deny contains finding if {
	_outbound == true
	finding := {
		"message": "systems without a way out of their own still reach the internet",
		"path": "resource.properties.defaultOutboundAccess",
		"actual": _outbound,
		"expected": false,
	}
}
