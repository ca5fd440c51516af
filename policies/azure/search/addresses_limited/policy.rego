# METADATA
# title: The firewall of the search service does not admit every address
# description: |
#   A rule for the whole internet makes the firewall of the service an ornament.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/search/service-configure-firewall
# custom:
#   check: SRCH-NET-002
#   severity: high
#   resource: Microsoft.Search/searchServices
#   reads:
#     - {path: resource.properties.networkRuleSet.ipRules, type: array}
#   controls:
#     RTS-13-1-d: connections from addresses that the firm did not name are refused
#     RTS-13-1-h: a firewall rule that admits everybody is found between reviews
#     GDPR-25-2: indexes are not open to an indefinite public
#   remediation:
#     az: az search service update --resource-group RESOURCE_GROUP --name SERVICE --ip-rules 198.51.100.0/24
#     terraform: |
#       resource "azurerm_search_service" "example" {
#         # ...
#         allowed_ips = ["198.51.100.0/24"]
#       }
#     bicep: "properties: { networkRuleSet: { ipRules: [{ value: '198.51.100.0/24' }] } }"
package azure.search.addresses_limited

_rules := input.resource.properties.networkRuleSet.ipRules

deny contains finding if {
	some rule in _rules
	_everybody(rule.value)
	finding := {
		"message": sprintf("the rule %s admits every address", [rule.value]),
		"path": "resource.properties.networkRuleSet.ipRules",
		"actual": _rules,
		"expected": "ranges of the firm",
	}
}

unknown contains "a rule of the firewall has no readable range" if {
	some rule in _rules
	not _readable(rule)
}

_everybody(range) if endswith(range, "/0")

_everybody(range) if range == "0.0.0.0"

_readable(rule) if is_string(rule.value)
