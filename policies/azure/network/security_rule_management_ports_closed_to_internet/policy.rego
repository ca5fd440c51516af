# METADATA
# title: Management ports are not open to the internet (single rule)
# description: |
#   File shares, remote procedure calls, remote shells, container and cluster interfaces were made for trusted networks. Open to everybody,
#   each is a way in. The ports that count are a parameter; SSH and RDP have policies of their own. Each rule is judged by itself: a
#   stronger rule that denies the same traffic does not excuse it, because that rule may go. This policy judges rules that are resources of
#   their own; rules inside a security group have another.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview
# custom:
#   check: NET-NSG-004
#   severity: high
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
#   parameters:
#     management_ports: {type: list, default: ["20", "21", "23", "111", "135", "139", "445", "2375", "2376", "2379", "2483", "4333", "5500", "5900", "5985", "5986", "6443", "8140", "10250", "61620"], pattern: "^[0-9]{1,5}$", meaning: ports for administration other than those of SSH and RDP}
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
#         destinationPortRange: '445'
#         sourceAddressPrefix: '203.0.113.0/24'
#         destinationAddressPrefix: '10.40.8.0/24'
#       }
#     note: Reach servers through Azure Bastion, a VPN or a private endpoint. An address prefix stands for the addresses of the firm.
package azure.network.security_rule_management_ports_closed_to_internet

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
	some port in data.parameters.management_ports
	security_rules.opens(_rule, protocol, to_number(port))
	finding := {
		"message": "the rule lets the internet in on a management port",
		"path": "resource.properties.sourceAddressPrefix",
		"actual": concat(", ", [prefix | some prefix in array.concat([_prefix], _prefixes); prefix != ""]),
		"expected": "no way from the internet to a management port",
	}
}

unknown contains "the rule cannot be read" if security_rules.unclear(_rule)
