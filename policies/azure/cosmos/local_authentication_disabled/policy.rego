# METADATA
# title: Cosmos DB accepts only identities of Microsoft Entra ID
# description: |
#   An account key opens all data of the account, never expires, is the same for everybody who has it and leaves no name in the log. With
#   local authentication off, only Entra identities with a role in the account get in. The NoSQL and Table APIs can do without keys; an
#   account for MongoDB, Cassandra or Gremlin cannot, and there the finding is answered by a waiver or by another API.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/cosmos-db/nosql/security/how-to-disable-key-based-authentication
# custom:
#   check: COS-AUTH-001
#   severity: high
#   resource: Microsoft.DocumentDB/databaseAccounts
#   reads:
#     - path: resource.properties.disableLocalAuth
#       type: boolean
#       absent: "false: keys work unless they are turned off"
#   controls:
#     DORA-9-4-c: access to the data goes through the directory in which the firm administers rights
#     DORA-9-4-d: sign-in uses the firm's directory and its strong authentication in place of a secret kept by the account
#     RTS-20-1: each person and system has an identity of the directory, and no account exists in the account alone
#     RTS-21-c: ends the use of a shared secret, whose holder cannot be told from any other
#     RTS-21-f-ii: only identities of the directory can be put under multi-factor authentication and conditional access; whether they are is not seen here
#     GDPR-32-1-b: access to personal data ends when the account in the directory ends
#   fix: {path: resource.properties.disableLocalAuth, value: true}
#   remediation:
#     az: az resource update --ids ACCOUNT_ID --set properties.disableLocalAuth=true
#     terraform: |
#       resource "azurerm_cosmosdb_account" "example" {
#         # ...
#         local_authentication_enabled = false # provider 4: local_authentication_disabled = true
#       }
#     bicep: |
#       resource account 'Microsoft.DocumentDB/databaseAccounts@2025-10-15' = {
#         // ...
#         properties: {
#           disableLocalAuth: true
#         }
#       }
#     note: Give every application an Entra identity and a role of the account first; those that still use a key are cut off.
package azure.cosmos.local_authentication_disabled

default _disabled := false

_disabled := input.resource.properties.disableLocalAuth

deny contains finding if {
	_disabled == false
	finding := {
		"message": "the keys of the account open it",
		"path": "resource.properties.disableLocalAuth",
		"actual": false,
		"expected": true,
	}
}
