# METADATA
# title: Machines do not register themselves in zones of private endpoints
# description: |
#   A link with registration writes the name of every machine of the network into the zone. In a zone of private endpoints a machine that
#   somebody calls like a database server takes over its name.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/dns/private-dns-autoregistration
# custom:
#   check: NET-DNS-011
#   severity: medium
#   resource: Microsoft.Network/privateDnsZones/virtualNetworkLinks
#   reads:
#     - path: resource.properties.registrationEnabled
#       type: boolean
#       absent: "off: machines register themselves only where the link says so"
#     - {path: resource.properties.virtualNetwork.id, type: string}
#   controls:
#     RTS-13-1-b: names in the zone lead to the endpoints that were put there and to nothing else
#     RTS-14-1-a: nobody takes over the name of a service by naming a machine
#     RTS-13-1-k: the link is set as the baseline for networks has it
#   fix: {path: resource.properties.registrationEnabled, value: false}
#   remediation:
#     az: az network private-dns link vnet update --resource-group RESOURCE_GROUP --zone-name ZONE --name LINK --registration-enabled false
#     terraform: |
#       resource "azurerm_private_dns_zone_virtual_network_link" "example" {
#         # ...
#         registration_enabled = false
#       }
#     bicep: |
#       resource link 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2024-06-01' = {
#         // ...
#         properties: {
#           registrationEnabled: false
#         }
#       }
package azure.dns.link_without_registration

default _registration := false

_registration := input.resource.properties.registrationEnabled

_network := input.resource.properties.virtualNetwork.id

_private_link if contains(lower(input.resource.id), "/privatednszones/privatelink.")

not_applicable contains "the zone is not one of private endpoints" if not _private_link

deny contains finding if {
	_registration == true
	finding := {
		"message": sprintf("machines of the network write their names into the zone (network %s)", [_network]),
		"path": "resource.properties.registrationEnabled",
		"actual": _registration,
		"expected": false,
	}
}
