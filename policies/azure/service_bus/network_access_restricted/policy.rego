# METADATA
# title: The Service Bus namespace refuses networks that nobody named
# description: |
#   With the default action Allow, everybody on the internet may knock, and a leaked key is enough to get in from anywhere. Denying by
#   default is not enough: without a single rule for addresses or subnets, Azure still lets everybody in. The namespace also passes when
#   public access is off altogether. How wide the rules are is firewall_rules_narrow's question.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/service-bus-messaging/service-bus-ip-filtering
# custom:
#   check: SB-NET-002
#   severity: high
#   resource: Microsoft.ServiceBus/namespaces
#   reads:
#     - path: resource.properties.publicNetworkAccess
#       type: string
#       absent: "Enabled: Azure takes that for a property that was never set"
#     - path: children.networkRuleSets.default.properties.defaultAction
#       type: string
#       absent: "Allow: a namespace without a rule set lets in every network"
#     - path: children.networkRuleSets.default.properties.ipRules
#       type: array
#       absent: "no rule for addresses"
#     - path: children.networkRuleSets.default.properties.virtualNetworkRules
#       type: array
#       absent: "no rule for subnets"
#   controls:
#     DORA-9-4-b: lists the networks that may reach the namespace, so that the namespace can be isolated by changing a short list
#     DORA-9-3-c: keeps networks that have no business with the namespace from trying stolen credentials or flaws on it
#     RTS-13-1-g: decides whether traffic from the internet reaches the namespace at all
#     RTS-13-1-d: connections to the namespace from networks that nobody approved are refused before any credential is looked at
#     RTS-11-2-i: data cannot leave the namespace towards an arbitrary network, even with a valid credential
#     GDPR-32-1-b: adds a network barrier to the credentials that protect personal data in the namespace
#     GDPR-25-2: by default the namespace is reachable for those who need it and not for the whole internet
#   remediation:
#     az: |
#       az servicebus namespace network-rule-set ip-rule add --resource-group RESOURCE_GROUP --namespace-name NAMESPACE --ip-rule ip-address=203.0.113.0/24 action=Allow
#       az servicebus namespace network-rule-set update --resource-group RESOURCE_GROUP --namespace-name NAMESPACE --default-action Deny
#     terraform: |
#       resource "azurerm_servicebus_namespace" "example" {
#         # ...
#         network_rule_set {
#           default_action = "Deny"
#           ip_rules       = ["203.0.113.0/24"]
#         }
#       }
#     bicep: |
#       resource rules 'Microsoft.ServiceBus/namespaces/networkRuleSets@2024-01-01' = {
#         parent: namespace
#         name: 'default'
#         properties: {
#           defaultAction: 'Deny'
#           ipRules: [ { ipMask: '203.0.113.0/24', action: 'Allow' } ]
#         }
#       }
#     portal: Namespace > Settings > Networking > Public network access > Selected networks
#     note: |
#       Name the networks of the clients first; everybody else is cut off at once. Network rules need the Premium tier.
package azure.service_bus.network_access_restricted

import data.lib.arm

default _public := "Enabled"

_public := input.resource.properties.publicNetworkAccess

default _action := "Allow"

_action := input.children.networkRuleSets.default.properties.defaultAction

default _addresses := []

_addresses := input.children.networkRuleSets.default.properties.ipRules

default _subnets := []

_subnets := input.children.networkRuleSets.default.properties.virtualNetworkRules

deny contains finding if {
	arm.same(_public, "Enabled")
	arm.same(_action, "Allow")
	finding := {
		"message": "the namespace lets in every network that no rule names",
		"path": "children.networkRuleSets.default.properties.defaultAction",
		"actual": _action,
		"expected": "Deny",
	}
}

deny contains finding if {
	arm.same(_public, "Enabled")
	arm.same(_action, "Deny")
	count(_addresses) + count(_subnets) == 0
	finding := {
		"message": "the namespace denies by default but has no rule, and without rules Azure lets in every network",
		"path": "children.networkRuleSets.default.properties.ipRules",
		"actual": "no rule",
		"expected": "one rule or more",
	}
}

unknown contains "the rules of a network security perimeter decide who gets in, and this policy does not read them" if arm.same(_public, "SecuredByPerimeter")

unknown contains sprintf("publicNetworkAccess is %q, which this policy does not know", [_public]) if {
	not arm.one_of(_public, ["Enabled", "Disabled", "SecuredByPerimeter"])
}

unknown contains sprintf("defaultAction is %q, which this policy does not know", [_action]) if {
	not arm.one_of(_action, ["Allow", "Deny"])
}
