# METADATA
# title: UDP is not open to the internet (single rule)
# description: |
#   UDP services answer without knowing who asks. Open to everybody they are used to amplify attacks on others, and several give away data.
#   Where a service for the public needs UDP, waive the finding. Each rule is judged by itself: a stronger rule that denies the same traffic
#   does not excuse it, because that rule may go. This policy judges rules that are resources of their own; rules inside a security group
#   have another.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview
# custom:
#   check: NET-NSG-006
#   severity: medium
#   resource: Microsoft.Network/networkSecurityGroups/securityRules
#   reads:
#     - {path: resource.properties.direction, type: string}
#     - {path: resource.properties.access, type: string}
#     - {path: resource.properties.protocol, type: string}
#     - path: resource.properties.sourceAddressPrefix
#       type: string
#       absent: "the addresses stand in a list, or application security groups take their place"
#     - path: resource.properties.sourceAddressPrefixes
#       type: array
#       absent: "the addresses stand in the single property, or application security groups take their place"
#     - path: resource.properties.destinationPortRange
#       type: string
#       absent: "the ports stand in a list"
#     - path: resource.properties.destinationPortRanges
#       type: array
#       absent: "the ports stand in the single property"
#   controls:
#     RTS-13-1-d: connections to this port from networks that nobody named are refused at the edge
#     RTS-13-1-g: keeps traffic between the internet and the internal network to what the firm has decided
#     RTS-13-1-k: holds the rules of the network against a hardening baseline
#   remediation:
#     az: az network nsg rule update --resource-group RESOURCE_GROUP --nsg-name NSG --name RULE --source-address-prefixes 203.0.113.0/24
#     terraform: |
#       resource "azurerm_network_security_rule" "example" {
#         # ...
#         source_address_prefix = "203.0.113.0/24"
#       }
#     bicep: |
#       properties: {
#         direction: 'Inbound'
#         access: 'Allow'
#         protocol: 'Udp'
#         priority: 100
#         sourcePortRange: '*'
#         destinationPortRange: '443'
#         sourceAddressPrefix: '203.0.113.0/24'
#         destinationAddressPrefix: '10.40.8.0/24'
#       }
#     note: Reach servers through Azure Bastion, a VPN or a private endpoint. An address prefix stands for the addresses of the firm.
package azure.network.security_rule_udp_closed_to_internet

import data.lib.security_rules

default _prefix := ""

_prefix := input.resource.properties.sourceAddressPrefix

default _prefixes := []

_prefixes := input.resource.properties.sourceAddressPrefixes

default _port := ""

_port := input.resource.properties.destinationPortRange

default _ports := []

_ports := input.resource.properties.destinationPortRanges

_rule := {"properties": {
	"direction": input.resource.properties.direction,
	"access": input.resource.properties.access,
	"protocol": input.resource.properties.protocol,
	"sourceAddressPrefix": _prefix,
	"sourceAddressPrefixes": _prefixes,
	"destinationPortRange": _port,
	"destinationPortRanges": _ports,
}}

deny contains finding if {
	security_rules.opens_to_internet(_rule)
	security_rules.carries(_rule, "udp")
	finding := {
		"message": "the rule lets the internet in over UDP",
		"path": "resource.properties.sourceAddressPrefix",
		"actual": concat(", ", [prefix | some prefix in array.concat([_prefix], _prefixes); prefix != ""]),
		"expected": "no way from the internet over UDP",
	}
}

unknown contains "the rule cannot be read" if security_rules.unclear(_rule)
