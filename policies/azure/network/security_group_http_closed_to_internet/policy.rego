# METADATA
# title: Plain HTTP is not open to the internet (security group)
# description: |
#   What is sent to port 80 is sent in clear, the first request of those who are then sent on to HTTPS included. Where port 80 only
#   redirects, waive the finding, or leave it to a gateway in front. Each rule is judged by itself: a stronger rule that denies the same
#   traffic does not excuse it, because that rule may go.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview
# custom:
#   check: NET-NSG-007
#   severity: medium
#   resource: Microsoft.Network/networkSecurityGroups
#   reads:
#     - {path: resource.properties.securityRules, type: array}
#   controls:
#     RTS-13-1-d: connections to this port from networks that nobody named are refused at the edge
#     RTS-13-1-g: keeps traffic between the internet and the internal network to what the firm has decided
#     RTS-13-1-k: holds the rules of the network against a hardening baseline
#     RTS-13-1-e: leaves no connection over public networks that is unencrypted by design
#     DORA-9-3-a: offers no channel in clear for transferring data
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
#           destination_port_range     = "80"
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
#         destinationPortRange: '80'
#         sourceAddressPrefix: '203.0.113.0/24'
#         destinationAddressPrefix: '10.40.8.0/24'
#       }
#     note: Reach servers through Azure Bastion, a VPN or a private endpoint. An address prefix stands for the addresses of the firm.
package azure.network.security_group_http_closed_to_internet

import data.lib.security_rules

deny contains finding if {
	some rule in input.resource.properties.securityRules
	security_rules.opens(rule, "tcp", 80)
	finding := {
		"message": sprintf("rule %s lets the internet in on port 80 (HTTP)", [security_rules.name(rule)]),
		"path": "resource.properties.securityRules",
		"actual": security_rules.name(rule),
		"expected": "no way from the internet to port 80",
	}
}

unknown contains sprintf("rule %s cannot be read", [security_rules.name(rule)]) if {
	some rule in input.resource.properties.securityRules
	security_rules.unclear(rule)
}
