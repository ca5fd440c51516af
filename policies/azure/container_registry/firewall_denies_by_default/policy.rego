# METADATA
# title: The public endpoint of the registry admits named networks only
# description: |
#   Where the public endpoint stays open, its firewall decides who gets through. With the default action Allow it lets everybody in,
#   whatever its rules say. A registry without public endpoint passes.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/container-registry/container-registry-access-selected-networks
# custom:
#   check: ACR-NET-002
#   severity: medium
#   resource: Microsoft.ContainerRegistry/registries
#   reads:
#     - path: resource.properties.networkRuleSet.defaultAction
#       type: string
#       absent: "Allow: a registry without rules lets every network in"
#     - path: resource.properties.publicNetworkAccess
#       type: string
#       absent: "Enabled: a registry has a public endpoint until told otherwise"
#   controls:
#     RTS-13-1-d: connections to the registry from networks that nobody named are refused
#     RTS-13-1-g: limits traffic between the internet and the registry to known ends
#     DORA-9-4-b: removing a rule cuts a network off from the registry at once
#     GDPR-25-2: the registry is not open to an indefinite public
#   remediation:
#     az: az acr update --name REGISTRY --default-action Deny
#     terraform: |
#       resource "azurerm_container_registry" "example" {
#         # ...
#         network_rule_set {
#           default_action = "Deny"
#           ip_rule {
#             action   = "Allow"
#             ip_range = "198.51.100.0/24"
#           }
#         }
#       }
#     bicep: "properties: { networkRuleSet: { defaultAction: 'Deny', ipRules: [{ action: 'Allow', value: '198.51.100.0/24' }] } }"
package azure.container_registry.firewall_denies_by_default

import data.lib.arm

default _default_action := "Allow"

_default_action := input.resource.properties.networkRuleSet.defaultAction

_closed if arm.same(input.resource.properties.publicNetworkAccess, "Disabled")

deny contains finding if {
	arm.same(_default_action, "Allow")
	not _closed
	finding := {
		"message": sprintf("the default action of the firewall is %s", [_default_action]),
		"path": "resource.properties.networkRuleSet.defaultAction",
		"actual": _default_action,
		"expected": "Deny",
	}
}

unknown contains sprintf("networkRuleSet.defaultAction is %q, which this policy does not know", [_default_action]) if {
	not arm.one_of(_default_action, ["Deny", "Allow"])
}
