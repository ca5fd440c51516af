# METADATA
# title: No rule lets traffic out to the whole internet (single rule)
# description: |
#   Malware calls home and data leaves by outbound connections. A rule that allows them to everywhere also overrules the rules for denial
#   that have a lower priority. The platform itself allows outbound traffic by default: name the destinations, and deny the rest. Each rule
#   is judged by itself: a stronger rule that denies the same traffic does not excuse it, because that rule may go. This policy judges rules
#   that are resources of their own; rules inside a security group have another.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview
# custom:
#   check: NET-NSG-008
#   severity: low
#   resource: Microsoft.Network/networkSecurityGroups/securityRules
#   reads:
#     - {path: resource.properties.direction, type: string}
#     - {path: resource.properties.access, type: string}
#     - {path: resource.properties.protocol, type: string}
#     - path: resource.properties.destinationAddressPrefix
#       type: string
#       absent: "the addresses stand in a list, or application security groups take their place"
#     - path: resource.properties.destinationAddressPrefixes
#       type: array
#       absent: "the addresses stand in the single property, or application security groups take their place"
#     - path: resource.properties.destinationPortRange
#       type: string
#       absent: "the ports stand in a list"
#     - path: resource.properties.destinationPortRanges
#       type: array
#       absent: "the ports stand in the single property"
#   controls:
#     RTS-14-1-b: a way by which data can leave to anywhere is not opened on purpose
#     RTS-13-1-g: outbound traffic to the internet is limited to named destinations
#     RTS-11-2-i: leaves leaked data fewer ways out
#   remediation:
#     az: az network nsg rule update --resource-group RESOURCE_GROUP --nsg-name NSG --name RULE --destination-address-prefixes AzureContainerRegistry
#     terraform: |
#       resource "azurerm_network_security_rule" "example" {
#         # ...
#         destination_address_prefix = "AzureContainerRegistry"
#       }
#     bicep: |
#       properties: {
#         direction: 'Outbound'
#         access: 'Allow'
#         protocol: 'Tcp'
#         priority: 100
#         sourcePortRange: '*'
#         destinationPortRange: '443'
#         sourceAddressPrefix: 'VirtualNetwork'
#         destinationAddressPrefix: 'AzureContainerRegistry'
#       }
package azure.network.security_rule_outbound_to_internet_limited

import data.lib.security_rules

default _prefix := ""

_prefix := input.resource.properties.destinationAddressPrefix

default _prefixes := []

_prefixes := input.resource.properties.destinationAddressPrefixes

default _port := ""

_port := input.resource.properties.destinationPortRange

default _ports := []

_ports := input.resource.properties.destinationPortRanges

_rule := {"properties": {
	"direction": input.resource.properties.direction,
	"access": input.resource.properties.access,
	"protocol": input.resource.properties.protocol,
	"destinationAddressPrefix": _prefix,
	"destinationAddressPrefixes": _prefixes,
	"destinationPortRange": _port,
	"destinationPortRanges": _ports,
}}

deny contains finding if {
	security_rules.lets_out(_rule)
	finding := {
		"message": "the rule lets traffic out to the whole internet",
		"path": "resource.properties.destinationAddressPrefix",
		"actual": concat(", ", [prefix | some prefix in array.concat([_prefix], _prefixes); prefix != ""]),
		"expected": "named destinations",
	}
}

unknown contains "the rule cannot be read" if security_rules.unclear(_rule)
