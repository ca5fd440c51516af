# METADATA
# title: The application gateway filters requests with a web application firewall
# description: |
#   Without a web application firewall, known attacks on web applications reach the application as they are. A gateway filters where it has
#   a firewall policy, or the older configuration of its own that is enabled. Whether the policy prevents or only detects is judged on the
#   policy.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/web-application-firewall/ag/ag-overview
# custom:
#   check: NET-WAF-001
#   severity: medium
#   resource: Microsoft.Network/applicationGateways
#   reads:
#     - path: resource.properties.firewallPolicy.id
#       type: string
#       absent: "no firewall policy"
#     - path: resource.properties.webApplicationFirewallConfiguration.enabled
#       type: boolean
#       absent: "false: no configuration of its own"
#   controls:
#     RTS-13-1-g: requests from the internet are filtered before they reach the application
#     RTS-13-1-d: attacks on the application are detected and stopped at the edge
#     DORA-9-3-c: lowers the chance that a flaw of the application opens the data behind it
#   remediation:
#     az: |
#       az network application-gateway update --resource-group RESOURCE_GROUP --name GATEWAY --set firewallPolicy.id=WAF_POLICY_ID sku.name=WAF_v2 sku.tier=WAF_v2
#     terraform: |
#       resource "azurerm_application_gateway" "example" {
#         # ...
#         firewall_policy_id = azurerm_web_application_firewall_policy.example.id
#       }
#     bicep: |
#       firewallPolicy: { id: wafPolicy.id }
package azure.network.application_gateway_waf_used

default _policy := ""

_policy := input.resource.properties.firewallPolicy.id

default _own := false

_own := input.resource.properties.webApplicationFirewallConfiguration.enabled

deny contains finding if {
	_policy == ""
	_own == false
	finding := {
		"message": "no web application firewall filters the requests",
		"path": "resource.properties.webApplicationFirewallConfiguration.enabled",
		"actual": _own,
		"expected": "a firewall policy, or true",
	}
}
