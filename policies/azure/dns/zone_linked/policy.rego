# METADATA
# title: The private DNS zone is linked to a virtual network
# description: |
#   A private zone answers only in the networks that are linked to it. A zone for private endpoints, or for database servers in a subnet,
#   that has no link answers nobody: its records lie unused, and clients get the public address of the service or none. Which networks need
#   a link, this policy does not say; see zone_linked_to_resolver_networks.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/dns/private-dns-virtual-network-links
# custom:
#   check: NET-DNS-002
#   severity: medium
#   resource: Microsoft.Network/privateDnsZones
#   reads:
#     - {path: resource.name, type: string}
#     - {path: "children.virtualNetworkLinks.*.name", type: string}
#   controls:
#     DORA-9-4-b: shows private connections that were set up and that no client finds by name
#     RTS-13-1-b: compares the documented private way with the networks that can resolve it
#   remediation:
#     az: az network private-dns link vnet create --resource-group RESOURCE_GROUP --zone-name ZONE --name LINK --virtual-network VNET_ID --registration-enabled false
#     terraform: |
#       resource "azurerm_private_dns_zone_virtual_network_link" "example" {
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
package azure.dns.zone_linked

import data.lib.private_zones

_for_services if private_zones.for_services(input.resource.name)

not_applicable contains "the zone holds no private names of a service" if not _for_services

deny contains finding if {
	count(input.children.virtualNetworkLinks) == 0
	finding := {
		"message": "no virtual network is linked to the zone",
		"path": "children.virtualNetworkLinks.*.name",
		"actual": 0,
		"expected": "one link or more",
	}
}
