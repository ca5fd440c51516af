# METADATA
# title: The AI services account has a managed identity
# description: |
#   Without an identity of its own the account needs keys to reach storage, search and vaults, and it cannot use a customer-managed key.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/ai-services/authentication
# custom:
#   check: COG-AUTH-002
#   severity: medium
#   resource: Microsoft.CognitiveServices/accounts
#   reads:
#     - path: resource.identity.type
#       type: string
#       absent: "None: Azure leaves the identity out when there is none"
#   controls:
#     RTS-20-1: gives the account an identity of its own in the directory, with which it signs in to storage and vaults
#     RTS-21-c: calls of the account to storage and vaults can be traced to it instead of to a shared secret
#     DORA-9-4-d: the account can authenticate without a secret in its settings that somebody could copy
#   remediation:
#     az: az cognitiveservices account identity assign --resource-group RESOURCE_GROUP --name ACCOUNT
#     terraform: |
#       resource "azurerm_cognitive_account" "example" {
#         # ...
#         identity {
#           type = "SystemAssigned"
#         }
#       }
#     bicep: "identity: { type: 'SystemAssigned' }"
package azure.cognitive.managed_identity_used

import data.lib.arm

default _identity := "None"

_identity := input.resource.identity.type

deny contains finding if {
	arm.same(_identity, "None")
	finding := {
		"message": "the account has no managed identity",
		"path": "resource.identity.type",
		"actual": _identity,
		"expected": "SystemAssigned",
	}
}

unknown contains sprintf("identity.type is %q, which this policy does not know", [_identity]) if {
	not arm.one_of(replace(_identity, " ", ""), ["None", "SystemAssigned", "UserAssigned", "SystemAssigned,UserAssigned"])
}
