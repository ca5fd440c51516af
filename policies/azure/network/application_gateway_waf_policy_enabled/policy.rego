# METADATA
# title: The firewall policy of the application gateway is enabled
# description: |
#   A policy that is disabled is listed, linked and filters nothing.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/web-application-firewall/overview
# custom:
#   check: NET-WAF-002
#   severity: medium
#   resource: Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies
#   reads:
#     - {path: resource.properties.policySettings.state, type: string}
#   controls:
#     RTS-13-1-g: requests from the internet are filtered before they reach the application
#     RTS-13-1-d: attacks on the application are detected and stopped at the edge
#     DORA-9-3-c: lowers the chance that a flaw of the application opens the data behind it
#   fix: {path: resource.properties.policySettings.state, value: Enabled}
#   remediation:
#     az: az network application-gateway waf-policy policy-setting update --resource-group RESOURCE_GROUP --policy-name POLICY --state Enabled
#     terraform: |
#       resource "azurerm_web_application_firewall_policy" "example" {
#         # ...
#         policy_settings {
#           enabled = true
#         }
#       }
#     bicep: |
#       resource it 'Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies@2025-01-01' = {
#         // ...
#         properties: {
#           policySettings: {
#             state: 'Enabled'
#           }
#         }
#       }
package azure.network.application_gateway_waf_policy_enabled

import data.lib.arm

_state := input.resource.properties.policySettings.state

deny contains finding if {
	arm.same(_state, "Disabled")
	finding := {
		"message": sprintf("the state of the policy is %s", [_state]),
		"path": "resource.properties.policySettings.state",
		"actual": _state,
		"expected": "Enabled",
	}
}

unknown contains sprintf("state is %q, which this policy does not know", [_state]) if {
	not arm.one_of(_state, ["Enabled", "Disabled"])
}
