# METADATA
# title: The peering takes only traffic that begins in the peer
# description: |
#   With forwarded traffic allowed, whatever can be routed through the peer gets in: other spokes, branch offices, networks that nobody
#   meant. Spokes that reach each other through a firewall in the hub need it; set peering_forwarded_traffic_refused to false for them.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/virtual-network/virtual-network-manage-peering
# custom:
#   check: NET-PEER-002
#   severity: low
#   resource: Microsoft.Network/virtualNetworks/virtualNetworkPeerings
#   reads:
#     - path: resource.properties.allowForwardedTraffic
#       type: boolean
#       absent: "false: Azure's default"
#   parameters:
#     peering_forwarded_traffic_refused: {type: boolean, default: true, meaning: whether a peering must refuse traffic that does not begin in the peer}
#   controls:
#     RTS-13-1-a: segments are joined with one network and not with all that lie behind it
#     RTS-13-1-d: traffic from networks that nobody named is refused
#   fix: {path: resource.properties.allowForwardedTraffic, value: false}
#   remediation:
#     az: az network vnet peering update --resource-group RESOURCE_GROUP --vnet-name VNET --name PEERING --set allowForwardedTraffic=false
#     terraform: |
#       resource "azurerm_virtual_network_peering" "example" {
#         # ...
#         allow_forwarded_traffic = false
#       }
#     bicep: |
#       resource it 'Microsoft.Network/virtualNetworks/virtualNetworkPeerings@2025-01-01' = {
#         // ...
#         properties: {
#           allowForwardedTraffic: false
#         }
#       }
package azure.network.peering_forwarded_traffic_refused

default _forwarded := false

_forwarded := input.resource.properties.allowForwardedTraffic

not_applicable contains "forwarded traffic is wanted here" if data.parameters.peering_forwarded_traffic_refused == false

deny contains finding if {
	_forwarded == true
	finding := {
		"message": "traffic that another network forwards is let in",
		"path": "resource.properties.allowForwardedTraffic",
		"actual": _forwarded,
		"expected": false,
	}
}
