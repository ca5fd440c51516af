# METADATA
# title: Database ports are not open to the internet (security group)
# description: |
#   A database that answers everybody is found, tried and copied. The ports that count are a parameter. Each rule is judged by itself: a
#   stronger rule that denies the same traffic does not excuse it, because that rule may go.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview
# custom:
#   check: NET-NSG-003
#   severity: critical
#   resource: Microsoft.Network/networkSecurityGroups
#   reads:
#     - {path: resource.properties.securityRules, type: array}
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
#       resource "azurerm_network_security_group" "example" {
#         # ...
#         security_rule {
#           name                       = "allow-office"
#           priority                   = 100
#           direction                  = "Inbound"
#           access                     = "Allow"
#           protocol                   = "Tcp"
#           source_port_range          = "*"
#           destination_port_range     = "5432"
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
#         destinationPortRange: '5432'
#         sourceAddressPrefix: '203.0.113.0/24'
#         destinationAddressPrefix: '10.40.8.0/24'
#       }
#     note: Reach servers through Azure Bastion, a VPN or a private endpoint. An address prefix stands for the addresses of the firm.
package azure.network.security_group_database_ports_closed_to_internet

import data.lib.security_rules

deny contains finding if {
	some rule in input.resource.properties.securityRules
	some protocol in ["tcp", "udp"]
	some port in data.parameters.database_ports
	security_rules.opens(rule, protocol, to_number(port))
	finding := {
		"message": sprintf("rule %s lets the internet in on a database port", [security_rules.name(rule)]),
		"path": "resource.properties.securityRules",
		"actual": security_rules.name(rule),
		"expected": "no way from the internet to a database port",
	}
}

unknown contains sprintf("rule %s cannot be read", [security_rules.name(rule)]) if {
	some rule in input.resource.properties.securityRules
	security_rules.unclear(rule)
}
