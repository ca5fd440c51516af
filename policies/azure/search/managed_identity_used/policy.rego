# METADATA
# title: The search service has a managed identity
# description: |
#   Without an identity of its own the service needs keys and connection strings to reach the stores that it indexes, and it cannot use a
#   customer-managed key.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/search/search-how-to-managed-identities
# custom:
#   check: SRCH-AUTH-002
#   severity: medium
#   resource: Microsoft.Search/searchServices
#   reads:
#     - path: resource.identity.type
#       type: string
#       absent: "None: Azure leaves the identity out when there is none"
#   controls:
#     RTS-20-1: gives the search service an identity of its own in the directory, with which it signs in to the stores that it indexes
#     RTS-21-c: calls of the search service to the stores that it indexes can be traced to it instead of to a shared secret
#     DORA-9-4-d: the search service can authenticate without a secret in its settings that somebody could copy
#   remediation:
#     az: az search service update --resource-group RESOURCE_GROUP --name SERVICE --identity-type SystemAssigned
#     terraform: |
#       resource "azurerm_search_service" "example" {
#         # ...
#         identity {
#           type = "SystemAssigned"
#         }
#       }
#     bicep: "identity: { type: 'SystemAssigned' }"
package azure.search.managed_identity_used

import data.lib.arm

default _identity := "None"

_identity := input.resource.identity.type

deny contains finding if {
	arm.same(_identity, "None")
	finding := {
		"message": "the search service has no managed identity",
		"path": "resource.identity.type",
		"actual": _identity,
		"expected": "SystemAssigned",
	}
}

unknown contains sprintf("identity.type is %q, which this policy does not know", [_identity]) if {
	not arm.one_of(replace(_identity, " ", ""), ["None", "SystemAssigned", "UserAssigned", "SystemAssigned,UserAssigned"])
}
