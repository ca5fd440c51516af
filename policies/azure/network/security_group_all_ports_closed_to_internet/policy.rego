# METADATA
# title: No rule of the security group opens every port to the internet
# description: |
#   A rule that lets everybody in on every port switches the network boundary off for all that stands behind it, now and later. Each rule is
#   judged by itself: a stronger rule that denies the same traffic does not excuse it, because that rule may go.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview
# custom:
#   check: NET-NSG-005
#   severity: critical
#   resource: Microsoft.Network/networkSecurityGroups
#   reads:
#     - {path: resource.properties.securityRules, type: array}
#   controls:
#     RTS-13-1-d: connections to this port from networks that nobody named are refused at the edge
#     RTS-13-1-g: keeps traffic between the internet and the internal network to what the firm has decided
#     RTS-13-1-k: holds the rules of the network against a hardening baseline
#     DORA-9-4-b: an open rule for everything makes segmentation a form without content
#     RTS-13-1-a: a segment that everybody may enter is none
#   remediation:
#     az: az network nsg rule update --resource-group RESOURCE_GROUP --nsg-name NSG --name RULE --source-address-prefixes 203.0.113.0/24
#     terraform: |
#       resource "azurerm_network_security_group" "example" {
#         # ...
#         security_rule {
#           name                       = "allow-office"
#           priority                   = 100
#           direction                  = "Inbound"
#           access                     = "Allow"
#           protocol                   = "Tcp"
#           source_port_range          = "*"
#           destination_port_range     = "443"
#           source_address_prefix      = "203.0.113.0/24"
#           destination_address_prefix = "10.40.8.0/24"
#         }
#       }
#     bicep: |
#       properties: {
#         direction: 'Inbound'
#         access: 'Allow'
#         protocol: 'Tcp'
#         priority: 100
#         sourcePortRange: '*'
#         destinationPortRange: '443'
#         sourceAddressPrefix: '203.0.113.0/24'
#         destinationAddressPrefix: '10.40.8.0/24'
#       }
#     note: Reach servers through Azure Bastion, a VPN or a private endpoint. An address prefix stands for the addresses of the firm.
package azure.network.security_group_all_ports_closed_to_internet

import data.lib.security_rules

deny contains finding if {
	some rule in input.resource.properties.securityRules
	security_rules.opens_all(rule)
	finding := {
		"message": sprintf("rule %s lets the internet in on every port", [security_rules.name(rule)]),
		"path": "resource.properties.securityRules",
		"actual": security_rules.name(rule),
		"expected": "named ports only",
	}
}

unknown contains sprintf("rule %s cannot be read", [security_rules.name(rule)]) if {
	some rule in input.resource.properties.securityRules
	security_rules.unclear(rule)
}
