# METADATA
# title: Address rules of the Data Explorer cluster admit few addresses
# description: |
#   Once addresses are listed, only they reach the public endpoint of the cluster. A range that is as wide as a provider or as the world
#   limits nothing. A cluster without a list is open to all addresses while its public endpoint is: public_network_access_disabled judges
#   that.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/data-explorer/security-network-restrict-public-access
# custom:
#   check: ADX-NET-003
#   severity: high
#   resource: Microsoft.Kusto/clusters
#   reads:
#     - {path: resource.properties.allowedIpRangeList, type: array}
#   parameters:
#     firewall_addresses_max: {type: integer, default: 256, min: 1, max: 4294967296, meaning: most addresses that one rule of a firewall may admit}
#   controls:
#     DORA-9-4-b: a rule that admits half of all addresses cuts nothing off, and this shows that each rule of the cluster is a real limit
#     RTS-13-1-d: connections come from networks that the firm approved
#     RTS-13-1-h: points to rules that the review of the firewall has to look at
#     GDPR-25-2: access to the cluster is not open to an indefinite number of people
#   remediation:
#     az: az kusto cluster update --resource-group RESOURCE_GROUP --name CLUSTER --allowed-ip-range-list 203.0.113.0/28
#     terraform: |
#       resource "azurerm_kusto_cluster" "example" {
#         # ...
#         allowed_ip_ranges = ["203.0.113.0/28"]
#       }
#     bicep: |
#       resource cluster 'Microsoft.Kusto/clusters@2024-04-13' = {
#         // ...
#         properties: {
#           allowedIpRangeList: [ '203.0.113.0/28' ]
#         }
#       }
#     portal: Cluster > Security + networking > Networking > Public access
package azure.data_explorer.address_rules_narrow

import data.lib.address_ranges

_rules := input.resource.properties.allowedIpRangeList

deny contains finding if {
	some rule in _rules
	address_ranges.size(rule) > data.parameters.firewall_addresses_max
	finding := {
		"message": sprintf("the rule %s admits %v addresses", [rule, address_ranges.size(rule)]),
		"path": "resource.properties.allowedIpRangeList",
		"actual": rule,
		"expected": sprintf("at most %v addresses", [data.parameters.firewall_addresses_max]),
	}
}

unknown contains sprintf("%v is no range of IPv4 addresses", [rule]) if {
	some rule in _rules
	not address_ranges.size(rule)
}
