# METADATA
# title: No network rule of the namespace admits a wide range of addresses
# description: |
#   A rule such as 0.0.0.0/0 undoes a rule set that denies by default, and large ranges of a provider let in its other customers. How wide
#   a rule may be is the firm's own choice: firewall_addresses_max. Several narrow rules next to each other are not added up, IPv6 rules
#   and rules for subnets are not looked at.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/event-hubs/event-hubs-ip-filtering
# custom:
#   check: EH-NET-003
#   severity: high
#   resource: Microsoft.EventHub/namespaces
#   reads:
#     - path: resource.properties.publicNetworkAccess
#       type: string
#       absent: "Enabled: Azure takes that for a property that was never set"
#     - path: children.networkRuleSets.default.properties.ipRules
#       type: array
#       absent: "no rule: the namespace names no addresses"
#   parameters:
#     firewall_addresses_max: {type: integer, default: 256, min: 1, max: 4294967296, meaning: most addresses that one rule of a firewall may admit}
#   controls:
#     DORA-9-4-b: a rule that admits half the internet cuts nothing off, and this shows that each rule of the namespace is a real limit
#     RTS-13-1-d: keeps the list of the namespace to networks that somebody can have approved
#     RTS-13-1-g: tells a firewall in front of the namespace from one that exists in name only
#     RTS-13-1-h: points the review of firewall rules to those that are too wide
#     GDPR-32-1-b: the network barrier around personal data in the namespace really keeps others out
#   remediation:
#     az: az eventhubs namespace network-rule-set ip-rule remove --resource-group RESOURCE_GROUP --namespace-name NAMESPACE --ip-rule ip-address=RANGE
#     terraform: |
#       resource "azurerm_eventhub_namespace" "example" {
#         # ...
#         network_rulesets {
#           default_action = "Deny"
#           ip_rule {
#             ip_mask = "203.0.113.0/24"
#           }
#         }
#       }
#     bicep: |
#       resource rules 'Microsoft.EventHub/namespaces/networkRuleSets@2024-01-01' = {
#         parent: namespace
#         name: 'default'
#         properties: {
#           defaultAction: 'Deny'
#           ipRules: [ { ipMask: '203.0.113.0/24', action: 'Allow' } ]
#         }
#       }
#     portal: Namespace > Settings > Networking > Firewall
package azure.event_hubs.firewall_rules_narrow

import data.lib.address_ranges
import data.lib.arm

default _public := "Enabled"

_public := input.resource.properties.publicNetworkAccess

default _rules := []

_rules := input.children.networkRuleSets.default.properties.ipRules

deny contains finding if {
	arm.same(_public, "Enabled")
	some rule in _rules
	address_ranges.size(rule.ipMask) > data.parameters.firewall_addresses_max
	finding := {
		"message": sprintf("the firewall lets in all of %s", [rule.ipMask]),
		"path": "children.networkRuleSets.default.properties.ipRules",
		"actual": rule.ipMask,
		"expected": sprintf("at most %v addresses", [data.parameters.firewall_addresses_max]),
	}
}

unknown contains sprintf("the rule %q is no range of addresses", [rule.ipMask]) if {
	some rule in _rules
	not address_ranges.size(rule.ipMask)
}

unknown contains "the rules of a network security perimeter decide who gets in, and this policy does not read them" if arm.same(_public, "SecuredByPerimeter")

unknown contains sprintf("publicNetworkAccess is %q, which this policy does not know", [_public]) if {
	not arm.one_of(_public, ["Enabled", "Disabled", "SecuredByPerimeter"])
}
