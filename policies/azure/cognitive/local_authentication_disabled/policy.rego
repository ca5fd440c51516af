# METADATA
# title: The AI services account accepts no keys
# description: |
#   Keys give full use of the service, know no person and no second factor, and end up in settings and code. With local authentication
#   off, only Microsoft Entra identities are admitted.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/ai-services/disable-local-auth
# custom:
#   check: COG-AUTH-001
#   severity: high
#   resource: Microsoft.CognitiveServices/accounts
#   reads:
#     - path: resource.properties.disableLocalAuth
#       type: boolean
#       absent: "false: keys are accepted until told otherwise"
#   controls:
#     DORA-9-4-c: closes the door that central administration of rights does not see, a key that applications and people share
#     DORA-9-4-d: a key that applications and people share is no strong authentication, and with this setting it no longer opens the account
#     RTS-20-1: nobody can use the account as somebody that the directory does not know
#     RTS-21-c: ends shared access to the account, whose use cannot be traced to a person
#     RTS-21-f-ii: leaves no way around the strong authentication that the directory asks for
#     GDPR-32-1-b: a leaked secret no longer opens the account and the personal data in it
#   fix: {path: resource.properties.disableLocalAuth, value: true}
#   remediation:
#     az: az resource update --ids ACCOUNT_ID --set properties.disableLocalAuth=true
#     terraform: |
#       resource "azurerm_cognitive_account" "example" {
#         # ...
#         local_auth_enabled = false
#       }
#     bicep: "properties: { disableLocalAuth: true }"
#     note: Move every application to an Entra identity first; those that still use a key are cut off.
package azure.cognitive.local_authentication_disabled

default _disable_local_auth := false

_disable_local_auth := input.resource.properties.disableLocalAuth

deny contains finding if {
	_disable_local_auth == false
	finding := {
		"message": "keys open the account",
		"path": "resource.properties.disableLocalAuth",
		"actual": _disable_local_auth,
		"expected": true,
	}
}
