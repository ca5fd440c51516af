# METADATA
# title: The virtual network has more than one DNS server
# description: |
#   Where a virtual network names one DNS server of its own, the failure of that server stops name resolution, and with it everything that
#   connects by name. Networks that name none use the resolvers of Azure, which are redundant; the policy does not apply to them.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/virtual-network/virtual-networks-name-resolution-for-vms-and-role-instances
# custom:
#   check: NET-ZR-001
#   severity: medium
#   resource: Microsoft.Network/virtualNetworks
#   reads:
#     - path: resource.properties.dhcpOptions.dnsServers
#       type: array
#       absent: "none: the resolvers of Azure answer"
#   controls:
#     DORA-12-4: name resolution goes on when one server fails
#     DORA-10-1: names a single point of failure on which everything in the network depends
#   remediation:
#     az: az network vnet update --resource-group RESOURCE_GROUP --name VNET --dns-servers 10.10.0.4 10.10.0.5
#     terraform: |
#       resource "azurerm_virtual_network" "example" {
#         # ...
#         dns_servers = ["10.10.0.4", "10.10.0.5"]
#       }
#     bicep: |
#       resource it 'Microsoft.Network/virtualNetworks@2025-01-01' = {
#         // ...
#         properties: {
#           dhcpOptions: {
#             dnsServers: ['10.10.0.4', '10.10.0.5']
#           }
#         }
#       }
package azure.network.virtual_network_dns_redundant

default _servers := []

_servers := input.resource.properties.dhcpOptions.dnsServers

not_applicable contains "the resolvers of Azure answer" if count(_servers) == 0

deny contains finding if {
	count(_servers) == 1
	finding := {
		"message": sprintf("%v is the only DNS server", [_servers[0]]),
		"path": "resource.properties.dhcpOptions.dnsServers",
		"actual": count(_servers),
		"expected": "two or more DNS servers",
	}
}

unknown contains "a DNS server has no readable address" if {
	some server in _servers
	not is_string(server)
}
