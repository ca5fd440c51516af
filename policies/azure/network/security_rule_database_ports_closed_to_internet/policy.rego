# METADATA
# title: Database ports are not open to the internet (single rule)
# description: |
#   A database that answers everybody is found, tried and copied. The ports that count are a parameter. Each rule is judged by itself: a
#   stronger rule that denies the same traffic does not excuse it, because that rule may go. This policy judges rules that are resources of
#   their own; rules inside a security group have another.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview
# custom:
#   check: NET-NSG-003
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
#   parameters:
#     database_ports: {type: list, default: ["1433", "1434", "1521", "3306", "5432", "6379", "6380", "9042", "9200", "10255", "11211", "27017"], pattern: "^[0-9]{1,5}$", meaning: ports on which databases and caches listen}
#   controls:
#     RTS-13-1-d: connections to this port from networks that nobody named are refused at the edge
#     RTS-13-1-g: keeps traffic between the internet and the internal network to what the firm has decided
#     RTS-13-1-k: holds the rules of the network against a hardening baseline
#     DORA-9-4-b: the database is reachable from the networks that need it and from no other
#     DORA-9-3-c: takes the direct way to the data from everybody outside
#     GDPR-25-2: personal data in databases is not offered to an indefinite public
#     GDPR-32-1-b: a weakness of the database cannot be used from the whole internet
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
#         destinationPortRange: '5432'
#         sourceAddressPrefix: '203.0.113.0/24'
#         destinationAddressPrefix: '10.40.8.0/24'
#       }
#     note: Reach servers through Azure Bastion, a VPN or a private endpoint. An address prefix stands for the addresses of the firm.
package azure.network.security_rule_database_ports_closed_to_internet

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
	some port in data.parameters.database_ports
	security_rules.opens(_rule, protocol, to_number(port))
	finding := {
		"message": "the rule lets the internet in on a database port",
		"path": "resource.properties.sourceAddressPrefix",
		"actual": concat(", ", [prefix | some prefix in array.concat([_prefix], _prefixes); prefix != ""]),
		"expected": "no way from the internet to a database port",
	}
}

unknown contains "the rule cannot be read" if security_rules.unclear(_rule)
