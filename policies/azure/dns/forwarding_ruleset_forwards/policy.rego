# METADATA
# title: The DNS forwarding ruleset has a rule in force
# description: |
#   A ruleset without an enabled rule forwards nothing. Where the firm resolves its own domains on its premises, clients in Azure then find
#   none of them.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/dns/private-resolver-endpoints-rulesets
# custom:
#   check: NET-DNS-003
#   severity: low
#   resource: Microsoft.Network/dnsForwardingRulesets
#   reads:
#     - path: children.forwardingRules.*.properties.forwardingRuleState
#       type: string
#       absent: "Enabled: a rule is in force until told otherwise"
#   controls:
#     DORA-9-4-b: shows a way of name resolution that was set up and is not in force
#     RTS-13-1-b: compares the documented forwarding with the rules that are in force
#   remediation:
#     az: |
#       az dns-resolver forwarding-rule create --resource-group RESOURCE_GROUP --ruleset-name RULESET --name corp --domain-name corp.example.com. \
#         --forwarding-rule-state Enabled --target-dns-servers '[{"ip-address":"10.20.0.4","port":53},{"ip-address":"10.20.0.5","port":53}]'
#     terraform: |
#       resource "azurerm_private_dns_resolver_forwarding_rule" "example" {
#         # ...
#         enabled = true
#       }
#     bicep: |
#       resource rule 'Microsoft.Network/dnsForwardingRulesets/forwardingRules@2022-07-01' = {
#         parent: ruleset
#         // ...
#         properties: { forwardingRuleState: 'Enabled' }
#       }
package azure.dns.forwarding_ruleset_forwards

import data.lib.arm

# _state(rule): whether the rule is in force.
_state(rule) := object.get(rule, ["properties", "forwardingRuleState"], "Enabled")

_off(rule) if arm.same(_state(rule), "Disabled")

_on(rule) if arm.same(_state(rule), "Enabled")

_forwards if {
	some _, rule in input.children.forwardingRules
	_on(rule)
}

deny contains finding if {
	every rule in input.children.forwardingRules {
		_off(rule)
	}
	finding := {
		"message": "no rule of the ruleset is in force",
		"path": "children.forwardingRules.*.properties.forwardingRuleState",
		"actual": count(input.children.forwardingRules),
		"expected": "one enabled rule or more",
	}
}

unknown contains sprintf("the state of the rule %s is not known to this policy", [name]) if {
	not _forwards
	some name, rule in input.children.forwardingRules
	not _off(rule)
}
