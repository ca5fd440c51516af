# METADATA
# title: The address at which the DNS resolver is asked does not change
# description: |
#   Forwarders on premises and settings of networks name the inbound endpoint by its address. A dynamic one may be another when the endpoint
#   is made anew, and names then fail everywhere until each forwarder was found and changed.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/dns/private-resolver-endpoints-rulesets
# custom:
#   check: NET-DNS-014
#   severity: low
#   resource: Microsoft.Network/dnsResolvers/inboundEndpoints
#   reads:
#     - {path: resource.properties.ipConfigurations, type: array}
#   controls:
#     DORA-9-3-c: a rebuilt endpoint does not take down names for all who ask it
#     RTS-26-1-c: recovery of the network does not wait for changes of forwarders elsewhere
#   remediation:
#     terraform: |
#       resource "azurerm_private_dns_resolver_inbound_endpoint" "example" {
#         # ...
#         ip_configurations {
#           subnet_id                    = azurerm_subnet.dns.id
#           private_ip_address           = "10.20.0.4"
#           private_ip_allocation_method = "Static"
#         }
#       }
#     bicep: |
#       resource inbound 'Microsoft.Network/dnsResolvers/inboundEndpoints@2022-07-01' = {
#         // ...
#         properties: {
#           ipConfigurations: [ { subnet: { id: subnet.id }, privateIpAddress: '10.20.0.4', privateIpAllocationMethod: 'Static' } ]
#         }
#       }
#     note: The way of allocation is fixed at creation. Make a second endpoint with a static address, move the forwarders, delete the first.
package azure.dns.resolver_address_static

import data.lib.arm

_method(configuration) := object.get(configuration, "privateIpAllocationMethod", "Dynamic")

deny contains finding if {
	some configuration in input.resource.properties.ipConfigurations
	arm.same(_method(configuration), "Dynamic")
	finding := {
		"message": "the address of the endpoint may change",
		"path": "resource.properties.ipConfigurations",
		"actual": _method(configuration),
		"expected": "Static",
	}
}

unknown contains sprintf("privateIpAllocationMethod is %v, which this policy does not know", [_method(configuration)]) if {
	some configuration in input.resource.properties.ipConfigurations
	not _known(configuration)
}

_known(configuration) if arm.one_of(_method(configuration), ["Static", "Dynamic"])

unknown contains "the endpoint shows no address" if count(input.resource.properties.ipConfigurations) == 0
