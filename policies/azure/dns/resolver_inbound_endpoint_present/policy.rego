# METADATA
# title: The DNS resolver has an inbound endpoint
# description: |
#   Clients outside of Azure cannot ask its private zones. Where the firm resolves names on its own premises, its DNS servers forward to the
#   inbound endpoint of a resolver; without one they get the public addresses of services that have private ones. Whether those servers do
#   forward, Azure does not show. While the parameter is off this policy does not apply.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/dns/private-resolver-endpoints-rulesets
# custom:
#   check: NET-DNS-003
#   severity: medium
#   resource: Microsoft.Network/dnsResolvers
#   reads:
#     - {path: children.inboundEndpoints.*}
#   parameters:
#     dns_resolved_on_premises: {type: boolean, default: false, meaning: whether clients outside of Azure must resolve the private names of services}
#   controls:
#     DORA-9-4-b: offers clients on the premises of the firm the private way instead of the public one
#     RTS-13-1-g: names asked from the premises can be answered with addresses of the firm's own network
#   remediation:
#     az: |
#       az dns-resolver inbound-endpoint create --resource-group RESOURCE_GROUP --dns-resolver-name RESOLVER --name inbound \
#         --ip-configurations '[{"private-ip-allocation-method":"Dynamic","id":"SUBNET_ID"}]'
#     terraform: |
#       resource "azurerm_private_dns_resolver_inbound_endpoint" "example" {
#         name                    = "inbound"
#         private_dns_resolver_id = azurerm_private_dns_resolver.example.id
#         location                = azurerm_private_dns_resolver.example.location
#         ip_configurations {
#           subnet_id = azurerm_subnet.inbound.id
#         }
#       }
#     bicep: |
#       resource inbound 'Microsoft.Network/dnsResolvers/inboundEndpoints@2022-07-01' = {
#         parent: resolver
#         name: 'inbound'
#         location: location
#         properties: { ipConfigurations: [{ subnet: { id: subnetId } }] }
#       }
package azure.dns.resolver_inbound_endpoint_present

not_applicable contains "nobody outside of Azure resolves private names" if data.parameters.dns_resolved_on_premises == false

deny contains finding if {
	count(input.children.inboundEndpoints) == 0
	finding := {
		"message": "the resolver has no inbound endpoint",
		"path": "children.inboundEndpoints.*",
		"actual": 0,
		"expected": "one endpoint or more",
	}
}
