# METADATA
# title: The storage account has no local users
# description: |
#   Local users are identities of the account alone, for SFTP: with a password or an SSH key, outside the directory, without a second
#   factor and without conditional access, and they stay when their owner leaves. Switching the feature off also ends SFTP.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/storage/blobs/secure-file-transfer-protocol-support
# custom:
#   check: ST-AUTH-002
#   severity: medium
#   resource: Microsoft.Storage/storageAccounts
#   reads:
#     - {path: resource.properties.isLocalUserEnabled, type: boolean}
#   controls:
#     DORA-9-4-c: closes a way into the account that the central administration of rights does not see, a local user
#     DORA-9-4-d: a local user is not strong authentication, and with this setting it no longer opens the account
#     RTS-20-1: every caller of the account is an identity that the directory knows and authenticates
#     RTS-21-c: ends access by a local user that several people or programs share, so that actions can be traced to one
#     RTS-21-f-ii: leaves no way around the strong authentication that the directory asks for
#     GDPR-32-1-b: a password or SSH key of a local user no longer exposes personal data
#   fix: {path: resource.properties.isLocalUserEnabled, value: false}
#   remediation:
#     az: az storage account update --resource-group RESOURCE_GROUP --name ACCOUNT --enable-local-user false
#     terraform: |
#       resource "azurerm_storage_account" "example" {
#         # ...
#         local_user_enabled = false
#       }
#     bicep: |
#       resource account 'Microsoft.Storage/storageAccounts@2025-06-01' = {
#         // ...
#         properties: {
#           isLocalUserEnabled: false
#         }
#       }
package azure.storage.local_users_disabled

deny contains finding if {
	input.resource.properties.isLocalUserEnabled == true
	finding := {
		"message": "the account accepts local users",
		"path": "resource.properties.isLocalUserEnabled",
		"actual": true,
		"expected": false,
	}
}
