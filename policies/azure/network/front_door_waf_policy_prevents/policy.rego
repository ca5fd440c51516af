# METADATA
# title: The firewall policy of the Front Door stops attacks
# description: |
#   In detection mode the firewall writes an attack into its log and lets it through. It is meant for the weeks in which rules are tuned.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/web-application-firewall/overview
# custom:
#   check: NET-WAF-003
#   severity: medium
#   resource: Microsoft.Network/frontDoorWebApplicationFirewallPolicies
#   reads:
#     - {path: resource.properties.policySettings.mode, type: string}
#   controls:
#     RTS-13-1-g: requests from the internet are filtered before they reach the application
#     RTS-13-1-d: attacks on the application are detected and stopped at the edge
#     DORA-9-3-c: lowers the chance that a flaw of the application opens the data behind it
#   fix: {path: resource.properties.policySettings.mode, value: Prevention}
#   remediation:
#     az: az network front-door waf-policy update --resource-group RESOURCE_GROUP --name POLICY --mode Prevention
#     terraform: |
#       resource "azurerm_cdn_frontdoor_firewall_policy" "example" {
#         # ...
#         mode = "Prevention"
#       }
#     bicep: |
#       resource it 'Microsoft.Network/frontDoorWebApplicationFirewallPolicies@2024-02-01' = {
#         // ...
#         properties: {
#           policySettings: {
#             mode: 'Prevention'
#           }
#         }
#       }
package azure.network.front_door_waf_policy_prevents

import data.lib.arm

_mode := input.resource.properties.policySettings.mode

deny contains finding if {
	arm.same(_mode, "Detection")
	finding := {
		"message": sprintf("the mode of the policy is %s", [_mode]),
		"path": "resource.properties.policySettings.mode",
		"actual": _mode,
		"expected": "Prevention",
	}
}

unknown contains sprintf("mode is %q, which this policy does not know", [_mode]) if {
	not arm.one_of(_mode, ["Prevention", "Detection"])
}
