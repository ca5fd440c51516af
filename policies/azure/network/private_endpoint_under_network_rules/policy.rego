# METADATA
# title: Rules of the subnet hold for its private endpoints
# description: |
#   Unless the subnet says otherwise, private endpoints pass by its network security group: every client that can route to the address reaches
#   the service, and a rule that denies it denies nothing. The setting is of the subnet and takes effect at once.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/private-link/disable-private-endpoint-network-policy
# custom:
#   check: NET-PE-006
#   severity: medium
#   resource: Microsoft.Network/privateEndpoints
#   reads:
#     - path: related.subnet.properties.privateEndpointNetworkPolicies
#       type: string
#       absent: "Disabled: what Azure takes for a subnet that does not say otherwise"
#   controls:
#     DORA-9-4-b: a rule of the subnet can cut the private way at once
#     RTS-13-1-a: segmentation holds for the entrances of services too
#     RTS-13-1-d: connections that the rules refuse are refused in fact
#     RTS-13-1-j: an endpoint can be isolated for a time by a rule
#   remediation:
#     az: az network vnet subnet update --resource-group RESOURCE_GROUP --vnet-name VNET --name SUBNET --private-endpoint-network-policies NetworkSecurityGroupEnabled
#     terraform: |
#       resource "azurerm_subnet" "example" {
#         # ...
#         private_endpoint_network_policies = "NetworkSecurityGroupEnabled"
#       }
#     bicep: "properties: { privateEndpointNetworkPolicies: 'NetworkSecurityGroupEnabled' }"
#     note: Check the rules of the group first; they hold for running connections from then on.
package azure.network.private_endpoint_under_network_rules

import data.lib.arm

default _policies := "Disabled"

_policies := input.related.subnet.properties.privateEndpointNetworkPolicies

_subnet if input.related.subnet.id

deny contains finding if {
	_subnet
	arm.one_of(_policies, ["Disabled", "RouteTableEnabled"])
	finding := {
		"message": sprintf("privateEndpointNetworkPolicies of the subnet is %s: its security group does not hold for the endpoint", [_policies]),
		"path": "related.subnet.properties.privateEndpointNetworkPolicies",
		"actual": _policies,
		"expected": "NetworkSecurityGroupEnabled",
	}
}

unknown contains "the subnet of the endpoint is not known" if not _subnet

unknown contains sprintf("privateEndpointNetworkPolicies is %q, which this policy does not know", [_policies]) if {
	not arm.one_of(_policies, ["Disabled", "RouteTableEnabled", "NetworkSecurityGroupEnabled", "Enabled"])
}
