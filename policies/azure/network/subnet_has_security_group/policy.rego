# METADATA
# title: The subnet has a network security group
# description: |
#   Without a network security group every system of the virtual network, and of the networks peered with it, may reach every port in the
#   subnet. The subnets of gateways, firewalls and route servers are left out, because Azure does not support or recommend a group there.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview
# custom:
#   check: NET-SUB-001
#   severity: high
#   resource: Microsoft.Network/virtualNetworks/subnets
#   reads:
#     - path: resource.properties.networkSecurityGroup.id
#       type: string
#       absent: "no security group"
#   controls:
#     RTS-13-1-a: traffic into the segment passes rules that the firm wrote
#     RTS-13-1-k: shows a subnet that was never hardened
#     DORA-9-4-b: a subnet without rules cannot be cut off at once
#     RTS-13-1-j: a component that is under attack can be isolated by changing the rules of its subnet
#   remediation:
#     az: az network vnet subnet update --resource-group RESOURCE_GROUP --vnet-name VNET --name SUBNET --network-security-group NSG
#     terraform: |
#       resource "azurerm_subnet_network_security_group_association" "example" {
#         subnet_id                 = azurerm_subnet.example.id
#         network_security_group_id = azurerm_network_security_group.example.id
#       }
#     bicep: |
#       networkSecurityGroup: { id: nsg.id }
package azure.network.subnet_has_security_group

not_applicable contains "Azure's own components in this subnet take no security group" if {
	lower(input.resource.name) in {"gatewaysubnet", "azurefirewallsubnet", "azurefirewallmanagementsubnet", "routeserversubnet"}
}

default _group := ""

_group := input.resource.properties.networkSecurityGroup.id

deny contains finding if {
	_group == ""
	finding := {
		"message": "no network security group protects the subnet",
		"path": "resource.properties.networkSecurityGroup.id",
		"actual": "absent",
		"expected": "the id of a network security group",
	}
}
