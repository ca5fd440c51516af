# METADATA
# title: The public endpoint of the AI services account admits named networks only
# description: |
#   Where the public endpoint stays open, its firewall decides who gets through. With the default action Allow it lets everybody in,
#   whatever its rules say. An account without public endpoint passes.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/ai-services/cognitive-services-virtual-networks
# custom:
#   check: COG-NET-002
#   severity: medium
#   resource: Microsoft.CognitiveServices/accounts
#   reads:
#     - path: resource.properties.networkAcls.defaultAction
#       type: string
#       absent: "Allow: an account without rules lets every network in"
#     - path: resource.properties.publicNetworkAccess
#       type: string
#       absent: "Enabled: an account has a public endpoint until told otherwise"
#   controls:
#     RTS-13-1-d: connections to the account from networks that nobody named are refused
#     RTS-13-1-g: limits traffic between the internet and the account to known ends
#     DORA-9-4-b: removing a rule cuts a network off from the account at once
#     GDPR-25-2: the account is not open to an indefinite public
#   remediation:
#     az: az resource update --ids ACCOUNT_ID --set properties.networkAcls.defaultAction=Deny
#     terraform: |
#       resource "azurerm_cognitive_account" "example" {
#         # ...
#         network_acls {
#           default_action = "Deny"
#           ip_rules       = ["198.51.100.0/24"]
#         }
#       }
#     bicep: "properties: { networkAcls: { defaultAction: 'Deny', ipRules: [{ value: '198.51.100.0/24' }] } }"
package azure.cognitive.firewall_denies_by_default

import data.lib.arm

default _default_action := "Allow"

_default_action := input.resource.properties.networkAcls.defaultAction

_closed if arm.same(input.resource.properties.publicNetworkAccess, "Disabled")

deny contains finding if {
	arm.same(_default_action, "Allow")
	not _closed
	finding := {
		"message": sprintf("the default action of the firewall is %s", [_default_action]),
		"path": "resource.properties.networkAcls.defaultAction",
		"actual": _default_action,
		"expected": "Deny",
	}
}

unknown contains sprintf("networkAcls.defaultAction is %q, which this policy does not know", [_default_action]) if {
	not arm.one_of(_default_action, ["Deny", "Allow"])
}
