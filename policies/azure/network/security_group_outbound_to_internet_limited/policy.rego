# METADATA
# title: No rule of the security group lets traffic out to the whole internet
# description: |
#   Malware calls home and data leaves by outbound connections. A rule that allows them to everywhere also overrules the rules for denial
#   that have a lower priority. The platform itself allows outbound traffic by default: name the destinations, and deny the rest. Each rule
#   is judged by itself: a stronger rule that denies the same traffic does not excuse it, because that rule may go.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview
# custom:
#   check: NET-NSG-008
#   severity: low
#   resource: Microsoft.Network/networkSecurityGroups
#   reads:
#     - {path: resource.properties.securityRules, type: array}
#   controls:
#     RTS-14-1-b: a way by which data can leave to anywhere is not opened on purpose
#     RTS-13-1-g: outbound traffic to the internet is limited to named destinations
#     RTS-11-2-i: leaves leaked data fewer ways out
#   remediation:
#     az: az network nsg rule update --resource-group RESOURCE_GROUP --nsg-name NSG --name RULE --destination-address-prefixes AzureContainerRegistry
#     terraform: |
#       resource "azurerm_network_security_group" "example" {
#         # ...
#         security_rule {
#           name                       = "allow-registry"
#           priority                   = 100
#           direction                  = "Outbound"
#           access                     = "Allow"
#           protocol                   = "Tcp"
#           source_port_range          = "*"
#           destination_port_range     = "443"
#           source_address_prefix      = "VirtualNetwork"
#           destination_address_prefix = "AzureContainerRegistry"
#         }
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
package azure.network.security_group_outbound_to_internet_limited

import data.lib.security_rules

deny contains finding if {
	some rule in input.resource.properties.securityRules
	security_rules.lets_out(rule)
	finding := {
		"message": sprintf("rule %s lets traffic out to the whole internet", [security_rules.name(rule)]),
		"path": "resource.properties.securityRules",
		"actual": security_rules.name(rule),
		"expected": "named destinations",
	}
}

unknown contains sprintf("rule %s cannot be read", [security_rules.name(rule)]) if {
	some rule in input.resource.properties.securityRules
	security_rules.unclear(rule)
}
