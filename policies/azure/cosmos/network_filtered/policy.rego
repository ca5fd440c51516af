# METADATA
# title: Cosmos DB admits only chosen networks
# description: |
#   An account with public access, no address rules and no filter of virtual networks answers everybody on the internet. Rules that admit
#   too much are other policies' question (ip_rules_narrow). An account without public access needs no filter.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/cosmos-db/how-to-configure-firewall
# custom:
#   check: COS-NET-002
#   severity: high
#   resource: Microsoft.DocumentDB/databaseAccounts
#   reads:
#     - {path: resource.properties.publicNetworkAccess, type: string}
#     - path: resource.properties.ipRules
#       type: array
#       absent: "none: no address rules"
#     - path: resource.properties.isVirtualNetworkFilterEnabled
#       type: boolean
#       absent: "off: no filter of virtual networks"
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
#     portal: Cosmos DB account > Settings > Networking > Public access > Selected networks
package azure.cosmos.network_filtered

import data.lib.arm

_access := input.resource.properties.publicNetworkAccess

default _rules := []

_rules := input.resource.properties.ipRules

default _networks := false

_networks := input.resource.properties.isVirtualNetworkFilterEnabled

not_applicable contains "the account cannot be reached over its public endpoint" if arm.one_of(_access, ["Disabled", "SecuredByPerimeter"])

deny contains finding if {
	arm.same(_access, "Enabled")
	count(_rules) == 0
	_networks == false
	finding := {
		"message": "every network may reach the account",
		"path": "resource.properties.ipRules",
		"actual": [],
		"expected": "rules for the networks of the firm",
	}
}

unknown contains sprintf("publicNetworkAccess is %q, which this policy does not know", [_access]) if {
	not arm.one_of(_access, ["Enabled", "Disabled", "SecuredByPerimeter"])
}
