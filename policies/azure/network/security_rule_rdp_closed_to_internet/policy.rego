# METADATA
# title: RDP is not open to the internet (single rule)
# description: |
#   Remote Desktop that answers everybody is the most used way in of those who encrypt data for ransom. It runs over TCP and UDP on port
#   3389. Each rule is judged by itself: a stronger rule that denies the same traffic does not excuse it, because that rule may go. This
#   policy judges rules that are resources of their own; rules inside a security group have another.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview
# custom:
#   check: NET-NSG-002
#   severity: critical
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
#     RTS-13-1-c: administration does not come in over the network that everybody uses
#     DORA-9-4-b: network rules keep attackers away from the way in that lets them spread
#     DORA-9-3-c: takes a common way into systems that hold data
#     RTS-21-d: keeps those who try passwords away from the login
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
#         protocol: 'Tcp'
#         priority: 100
#         sourcePortRange: '*'
#         destinationPortRange: '3389'
#         sourceAddressPrefix: '203.0.113.0/24'
#         destinationAddressPrefix: '10.40.8.0/24'
#       }
#     note: Reach servers through Azure Bastion, a VPN or a private endpoint. An address prefix stands for the addresses of the firm.
package azure.network.security_rule_rdp_closed_to_internet

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
	some protocol in ["tcp", "udp"]
	security_rules.opens(_rule, protocol, 3389)
	finding := {
		"message": "the rule lets the internet in on port 3389 (RDP)",
		"path": "resource.properties.sourceAddressPrefix",
		"actual": concat(", ", [prefix | some prefix in array.concat([_prefix], _prefixes); prefix != ""]),
		"expected": "no way from the internet to port 3389",
	}
}

unknown contains "the rule cannot be read" if security_rules.unclear(_rule)
