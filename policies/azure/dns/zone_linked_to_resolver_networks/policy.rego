# METADATA
# title: The private DNS zone is linked to every network that resolves names
# description: |
#   Where the networks of a firm ask DNS servers in a hub, a private zone must be linked to the hub: a link to the network of the endpoint
#   alone is not seen by those servers, and clients get the public address. The list of the networks with resolvers is the firm's; while it
#   is empty this policy does not apply.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/private-link/private-endpoint-dns-integration
# custom:
#   check: NET-DNS-002
#   severity: high
#   resource: Microsoft.Network/privateDnsZones
#   reads:
#     - {path: resource.name, type: string}
#     - {path: children.virtualNetworkLinks.*.properties.virtualNetwork.id, type: string}
#   parameters:
#     resolver_networks: {type: list, default: [], pattern: "^/subscriptions/[^/]+/[Rr]esource[Gg]roups/[^/]+/providers/[Mm]icrosoft.[Nn]etwork/virtual[Nn]etworks/[^/]+$", meaning: ids of the virtual networks whose resolvers answer for the firm; empty checks no link}
#   controls:
#     DORA-9-4-b: the private way is found by every client that asks the resolvers of the firm
#     RTS-13-1-b: compares the links of the zone with the list of networks that resolve names
#     RTS-13-1-g: clients of a resolver without the link would be sent to the public address
#   remediation:
#     az: az network private-dns link vnet create --resource-group RESOURCE_GROUP --zone-name ZONE --name hub --virtual-network HUB_VNET_ID --registration-enabled false
#     terraform: |
#       resource "azurerm_private_dns_zone_virtual_network_link" "hub" {
#         # the zone: private_dns_zone_name, or private_dns_zone_id from version 5 of the provider
#         name               = "hub"
#         virtual_network_id = azurerm_virtual_network.hub.id
#       }
#     bicep: |
#       resource link 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2024-06-01' = {
#         parent: zone
#         name: 'hub'
#         location: 'global'
#         properties: { virtualNetwork: { id: hub.id }, registrationEnabled: false }
#       }
#     portal: Private DNS zone > DNS Management > Virtual Network Links > Add
package azure.dns.zone_linked_to_resolver_networks

import data.lib.private_zones

_for_services if private_zones.for_services(input.resource.name)

_linked contains id if {
	some _, link in input.children.virtualNetworkLinks
	id := lower(link.properties.virtualNetwork.id)
}

not_applicable contains "the zone holds no private names of a service" if not _for_services

not_applicable contains "no networks with resolvers are set" if count(data.parameters.resolver_networks) == 0

deny contains finding if {
	some network in data.parameters.resolver_networks
	not lower(network) in _linked
	finding := {
		"message": sprintf("the zone is not linked to %s", [network]),
		"path": "children.virtualNetworkLinks.*.properties.virtualNetwork.id",
		"actual": sort(_linked),
		"expected": network,
	}
}
