# METADATA
# title: SSH is not open to the internet (security group)
# description: |
#   A server whose port 22 answers everybody is tried with stolen and guessed credentials within minutes of its start, and with every new
#   flaw of the SSH server as well. Each rule is judged by itself: a stronger rule that denies the same traffic does not excuse it, because
#   that rule may go.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview
# custom:
#   check: NET-NSG-001
#   severity: critical
#   resource: Microsoft.Network/networkSecurityGroups
#   reads:
#     - {path: resource.properties.securityRules, type: array}
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
#       resource "azurerm_network_security_group" "example" {
#         # ...
#         security_rule {
#           name                       = "allow-office"
#           priority                   = 100
#           direction                  = "Inbound"
#           access                     = "Allow"
#           protocol                   = "Tcp"
#           source_port_range          = "*"
#           destination_port_range     = "22"
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
#         destinationPortRange: '22'
#         sourceAddressPrefix: '203.0.113.0/24'
#         destinationAddressPrefix: '10.40.8.0/24'
#       }
#     note: Reach servers through Azure Bastion, a VPN or a private endpoint. An address prefix stands for the addresses of the firm.
package azure.network.security_group_ssh_closed_to_internet

import data.lib.security_rules

deny contains finding if {
	some rule in input.resource.properties.securityRules
	security_rules.opens(rule, "tcp", 22)
	finding := {
		"message": sprintf("rule %s lets the internet in on port 22 (SSH)", [security_rules.name(rule)]),
		"path": "resource.properties.securityRules",
		"actual": security_rules.name(rule),
		"expected": "no way from the internet to port 22",
	}
}

unknown contains sprintf("rule %s cannot be read", [security_rules.name(rule)]) if {
	some rule in input.resource.properties.securityRules
	security_rules.unclear(rule)
}
