# METADATA
# title: The search service accepts no keys
# description: |
#   Admin keys give every right on all indexes, know no person and no second factor, and end up in settings and code. With local
#   authentication off, only Microsoft Entra identities are admitted.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/search/search-security-enable-roles
# custom:
#   check: SRCH-AUTH-001
#   severity: high
#   resource: Microsoft.Search/searchServices
#   reads:
#     - path: resource.properties.disableLocalAuth
#       type: boolean
#       absent: "false: keys are accepted until told otherwise"
#   controls:
#     DORA-9-4-c: closes the door that central administration of rights does not see, a key that applications and people share
#     DORA-9-4-d: a key that applications and people share is no strong authentication, and with this setting it no longer opens the search service
#     RTS-20-1: nobody can use the search service as somebody that the directory does not know
#     RTS-21-c: ends shared access to the search service, whose use cannot be traced to a person
#     RTS-21-f-ii: leaves no way around the strong authentication that the directory asks for
#     GDPR-32-1-b: a leaked secret no longer opens the search service and the personal data in it
#   fix: {path: resource.properties.disableLocalAuth, value: true}
#   remediation:
#     az: az search service update --resource-group RESOURCE_GROUP --name SERVICE --disable-local-auth true
#     terraform: |
#       resource "azurerm_search_service" "example" {
#         # ...
#         local_authentication_enabled = false
#       }
#     bicep: "properties: { disableLocalAuth: true }"
#     note: Move every application to an Entra identity first; those that still use a key are cut off.
package azure.search.local_authentication_disabled

default _disable_local_auth := false

_disable_local_auth := input.resource.properties.disableLocalAuth

deny contains finding if {
	_disable_local_auth == false
	finding := {
		"message": "keys open the search service",
		"path": "resource.properties.disableLocalAuth",
		"actual": _disable_local_auth,
		"expected": true,
	}
}
