# METADATA
# title: The AI services account cannot be reached from the internet
# description: |
#   Prompts, documents and recordings that go to the service may hold anything. A public endpoint lets whoever has a key or token use it
#   from anywhere, at the firm's cost.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/ai-services/cognitive-services-virtual-networks
# custom:
#   check: COG-NET-001
#   severity: high
#   resource: Microsoft.CognitiveServices/accounts
#   reads:
#     - path: resource.properties.publicNetworkAccess
#       type: string
#       absent: "Enabled: an account has a public endpoint until told otherwise"
#   controls:
#     DORA-9-4-b: with the public endpoint closed, the account is reached only over networks that the firm can cut or segment
#     DORA-9-3-c: takes away the way by which prompts and documents would leak to anybody on the internet who holds a credential
#     RTS-13-1-g: keeps traffic to the account off the internet instead of filtering it there
#     RTS-13-1-d: a connection to the account from outside the firm's networks is refused before anybody signs in
#     GDPR-25-2: the account is not exposed to an indefinite public by default
#     GDPR-32-1-b: puts a network barrier around personal data among prompts and documents
#   fix: {path: resource.properties.publicNetworkAccess, value: Disabled}
#   remediation:
#     az: az resource update --ids ACCOUNT_ID --set properties.publicNetworkAccess=Disabled
#     terraform: |
#       resource "azurerm_cognitive_account" "example" {
#         # ...
#         public_network_access_enabled = false
#         custom_subdomain_name         = "cog-payments-weu"
#       }
#     bicep: "properties: { publicNetworkAccess: 'Disabled' }"
#     note: Create the private endpoint first.
package azure.cognitive.public_network_access_disabled

import data.lib.arm

default _public_network_access := "Enabled"

_public_network_access := input.resource.properties.publicNetworkAccess

deny contains finding if {
	arm.same(_public_network_access, "Enabled")
	finding := {
		"message": sprintf("publicNetworkAccess is %s: the account has a public endpoint", [_public_network_access]),
		"path": "resource.properties.publicNetworkAccess",
		"actual": _public_network_access,
		"expected": "Disabled",
	}
}

unknown contains sprintf("publicNetworkAccess is %q, which this policy does not know", [_public_network_access]) if {
	not arm.one_of(_public_network_access, ["Disabled", "Enabled"])
}
