# METADATA
# title: The AI services account cannot call any address it likes
# description: |
#   Some services fetch documents from, and send results to, addresses in the request. Without the restriction, whoever may call the
#   service may also use it to carry data away.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/ai-services/cognitive-services-data-loss-prevention
# custom:
#   check: COG-NET-003
#   severity: low
#   resource: Microsoft.CognitiveServices/accounts
#   reads:
#     - path: resource.properties.restrictOutboundNetworkAccess
#       type: boolean
#       absent: "false: the account may call any address until told otherwise"
#   controls:
#     RTS-11-2-i: data cannot leave by a request that names a foreign address
#     RTS-13-1-g: traffic of the account to the internet has named ends only
#     RTS-14-1-b: prevents a leak by a function of the service itself
#   fix: {path: resource.properties.restrictOutboundNetworkAccess, value: true}
#   remediation:
#     az: az resource update --ids ACCOUNT_ID --set properties.restrictOutboundNetworkAccess=true
#     terraform: |
#       resource "azurerm_cognitive_account" "example" {
#         # ...
#         outbound_network_access_restricted = true
#         fqdns                              = ["stpaymentsweu.blob.core.windows.net"]
#       }
#     bicep: "properties: { restrictOutboundNetworkAccess: true, allowedFqdnList: ['stpaymentsweu.blob.core.windows.net'] }"
package azure.cognitive.outbound_access_restricted

default _restrict_outbound_network_access := false

_restrict_outbound_network_access := input.resource.properties.restrictOutboundNetworkAccess

deny contains finding if {
	_restrict_outbound_network_access == false
	finding := {
		"message": "the account may call any address",
		"path": "resource.properties.restrictOutboundNetworkAccess",
		"actual": _restrict_outbound_network_access,
		"expected": true,
	}
}
