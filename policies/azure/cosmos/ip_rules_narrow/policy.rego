# METADATA
# title: The address rules of Cosmos DB admit few addresses
# description: |
#   An address rule lets addresses on the internet try to use the account. One that spans a large network admits people and machines that
#   nobody approved, and 0.0.0.0 is how Azure writes "all of Azure": it admits the virtual machines of strangers. The largest range is a
#   parameter, firewall_rule_addresses_max. An account without rules is not judged (network_filtered).
# related_resources:
#   - ref: https://learn.microsoft.com/azure/cosmos-db/how-to-configure-firewall
# custom:
#   check: COS-NET-003
#   severity: high
#   resource: Microsoft.DocumentDB/databaseAccounts
#   reads:
#     - path: resource.properties.ipRules
#       type: array
#       absent: "none: no address rules"
#   parameters:
#     firewall_rule_addresses_max: {type: integer, default: 256, min: 1, max: 65536, meaning: most addresses that one firewall rule of a database may admit}
#   controls:
#     DORA-9-4-b: a narrow rule lets the firm say which outside network is connected, and cut that one
#     DORA-9-3-c: fewer addresses that reach the account means fewer from which it can be attacked
#     RTS-13-1-g: the rule is the boundary between the account and networks that are not the firm's
#     RTS-13-1-d: addresses that nobody approved are refused before any sign-in
#     GDPR-32-1-b: a leaked credential works from fewer places
#     GDPR-25-2: limits by default who can reach the personal data held here
#     RTS-13-1-h: gives the review of firewall rules the rules that admit too much; that the review is held is not seen here
#   remediation:
#     az: az cosmosdb update --resource-group RESOURCE_GROUP --name ACCOUNT --ip-range-filter 203.0.113.10
#     terraform: |
#       resource "azurerm_cosmosdb_account" "example" {
#         # ...
#         ip_range_filter = ["203.0.113.10"] # provider 3: one text, separated by commas
#       }
#     bicep: |
#       resource account 'Microsoft.DocumentDB/databaseAccounts@2025-10-15' = {
#         // ...
#         properties: {
#           ipRules: [ { ipAddressOrRange: '203.0.113.10' } ]
#         }
#       }
#     portal: Cosmos DB account > Settings > Networking > Public access > Firewall
package azure.cosmos.ip_rules_narrow

import data.lib.address_ranges

default _rules := []

_rules := input.resource.properties.ipRules

_ranges contains rule.ipAddressOrRange if some rule in _rules

not_applicable contains "the account has no address rules" if count(_rules) == 0

deny contains finding if {
	some range in _ranges
	address_ranges.size(range) > data.parameters.firewall_rule_addresses_max
	finding := {
		"message": sprintf("a rule admits %v addresses, %s", [address_ranges.size(range), range]),
		"path": "resource.properties.ipRules",
		"actual": range,
		"expected": sprintf("at most %v addresses", [data.parameters.firewall_rule_addresses_max]),
	}
}

deny contains finding if {
	some range in _ranges
	range == "0.0.0.0"
	finding := {
		"message": "a rule admits every service in Azure, those of other customers too",
		"path": "resource.properties.ipRules",
		"actual": range,
		"expected": "an address of the firm",
	}
}

unknown contains "a rule holds no address and no network" if {
	some rule in _rules
	not address_ranges.size(rule.ipAddressOrRange)
}
