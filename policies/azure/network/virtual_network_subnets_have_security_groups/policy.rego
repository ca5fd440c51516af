# METADATA
# title: Every subnet of the virtual network has a network security group
# description: |
#   Without a network security group every system of the virtual network, and of the networks peered with it, may reach every port in the
#   subnet. The policy reads the list of subnets that a virtual network itself shows; subnets that code declares on their own have another
#   policy. The subnets of gateways, firewalls and route servers are left out.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview
# custom:
#   check: NET-SUB-001
#   severity: high
#   resource: Microsoft.Network/virtualNetworks
#   reads:
#     - {path: resource.properties.subnets, type: array}
#   controls:
#     RTS-13-1-a: traffic into the segment passes rules that the firm wrote
#     RTS-13-1-k: shows a subnet that was never hardened
#     DORA-9-4-b: a subnet without rules cannot be cut off at once
#     RTS-13-1-j: a component that is under attack can be isolated by changing the rules of its subnet
#   remediation:
#     az: az network vnet subnet update --resource-group RESOURCE_GROUP --vnet-name VNET --name SUBNET --network-security-group NSG
#     bicep: |
#       subnets: [{ name: 'snet-apps', properties: { networkSecurityGroup: { id: nsg.id } } }]
package azure.network.virtual_network_subnets_have_security_groups

_exempt(subnet) if lower(subnet.name) in {"gatewaysubnet", "azurefirewallsubnet", "azurefirewallmanagementsubnet", "routeserversubnet"}

_protected(subnet) if subnet.properties.networkSecurityGroup.id != ""

_named(subnet) if is_string(subnet.name)

_readable(subnet) if is_object(subnet.properties)

_identified(group) if is_string(group.id)

deny contains finding if {
	some subnet in input.resource.properties.subnets
	is_object(subnet.properties)
	not _exempt(subnet)
	not _protected(subnet)
	finding := {
		"message": sprintf("no network security group protects the subnet %s", [subnet.name]),
		"path": "resource.properties.subnets",
		"actual": subnet.name,
		"expected": "a network security group",
	}
}

unknown contains "a subnet has no name" if {
	some subnet in input.resource.properties.subnets
	not _named(subnet)
}

unknown contains "a subnet has no properties" if {
	some subnet in input.resource.properties.subnets
	not _readable(subnet)
}

unknown contains "the security group of a subnet has no readable id" if {
	some subnet in input.resource.properties.subnets
	is_object(subnet.properties)
	some key, group in subnet.properties
	key == "networkSecurityGroup"
	not _identified(group)
}
