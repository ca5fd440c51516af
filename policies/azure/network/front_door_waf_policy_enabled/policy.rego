# METADATA
# title: The firewall policy of the Front Door is enabled
# description: |
#   A policy that is disabled is listed, linked and filters nothing.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/web-application-firewall/overview
# custom:
#   check: NET-WAF-002
#   severity: medium
#   resource: Microsoft.Network/frontDoorWebApplicationFirewallPolicies
#   reads:
#     - {path: resource.properties.policySettings.enabledState, type: string}
#   controls:
#     RTS-13-1-g: requests from the internet are filtered before they reach the application
#     RTS-13-1-d: attacks on the application are detected and stopped at the edge
#     DORA-9-3-c: lowers the chance that a flaw of the application opens the data behind it
#   fix: {path: resource.properties.policySettings.enabledState, value: Enabled}
#   remediation:
#     az: az network front-door waf-policy update --resource-group RESOURCE_GROUP --name POLICY --disabled false
#     terraform: |
#       resource "azurerm_cdn_frontdoor_firewall_policy" "example" {
#         # ...
#         enabled = true
#       }
#     bicep: |
#       resource it 'Microsoft.Network/frontDoorWebApplicationFirewallPolicies@2024-02-01' = {
#         // ...
#         properties: {
#           policySettings: {
#             enabledState: 'Enabled'
#           }
#         }
#       }
package azure.network.front_door_waf_policy_enabled

import data.lib.arm

_enabled_state := input.resource.properties.policySettings.enabledState

deny contains finding if {
	arm.same(_enabled_state, "Disabled")
	finding := {
		"message": sprintf("the state of the policy is %s", [_enabled_state]),
		"path": "resource.properties.policySettings.enabledState",
		"actual": _enabled_state,
		"expected": "Enabled",
	}
}

unknown contains sprintf("enabledState is %q, which this policy does not know", [_enabled_state]) if {
	not arm.one_of(_enabled_state, ["Enabled", "Disabled"])
}
