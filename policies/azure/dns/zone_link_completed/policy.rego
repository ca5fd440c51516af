# METADATA
# title: The link between zone and virtual network is complete
# description: |
#   A private zone answers only in the networks that are linked to it. Elsewhere the same name resolves to the public address, and traffic
#   that is thought to be private is not. A link in progress for long is broken. The state is known of running links only; which networks
#   need a link, this policy does not see.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/dns/private-dns-virtual-network-links
# custom:
#   check: NET-DNS-002
#   severity: medium
#   resource: Microsoft.Network/privateDnsZones/virtualNetworkLinks
#   reads:
#     - {path: resource.properties.virtualNetworkLinkState, type: string}
#   controls:
#     DORA-9-4-b: the private way exists for the network that is meant to use it
#     RTS-13-1-b: name resolution matches the documented connections
#   remediation:
#     az: |
#       az network private-dns link vnet create --resource-group RESOURCE_GROUP --zone-name ZONE --name LINK --virtual-network VNET_ID --registration-enabled false
#     terraform: |
#       resource "azurerm_private_dns_zone_virtual_network_link" "example" {
#         # ...
#         virtual_network_id = azurerm_virtual_network.example.id
#       }
package azure.dns.zone_link_completed

import data.lib.arm

_state := input.resource.properties.virtualNetworkLinkState

deny contains finding if {
	arm.same(_state, "InProgress")
	finding := {
		"message": "the link is not complete",
		"path": "resource.properties.virtualNetworkLinkState",
		"actual": _state,
		"expected": "Completed",
	}
}

unknown contains sprintf("the state %q is not known to this policy", [_state]) if {
	not arm.one_of(_state, ["Completed", "InProgress"])
}
