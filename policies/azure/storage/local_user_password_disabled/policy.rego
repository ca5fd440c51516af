# METADATA
# title: The local user has no password
# description: |
#   A local user of a storage account may sign in to SFTP with a password that Azure generates: it can be passed on, is bound to no device
#   and never expires by itself. An SSH key at least stays where it was made. Better is no local user at all (local_users_disabled).
# related_resources:
#   - ref: https://learn.microsoft.com/azure/storage/blobs/secure-file-transfer-protocol-support-authorize-access
# custom:
#   check: ST-AUTH-005
#   severity: medium
#   resource: Microsoft.Storage/storageAccounts/localUsers
#   reads:
#     - {path: resource.properties.hasSshPassword, type: boolean}
#   controls:
#     DORA-9-4-d: a password alone is not strong authentication, and this user does not have one
#     RTS-21-f-ii: access to the file service from outside depends on a key and not on a word that can be guessed or passed on
#     GDPR-32-1-b: no leaked password of this user exposes the files in its directory
#   fix: {path: resource.properties.hasSshPassword, value: false}
#   remediation:
#     az: az storage account local-user update --resource-group RESOURCE_GROUP --account-name ACCOUNT --name USER --has-ssh-password false
#     terraform: |
#       resource "azurerm_storage_account_local_user" "example" {
#         # ...
#         ssh_key_enabled      = true
#         ssh_password_enabled = false
#       }
#     bicep: |
#       resource user 'Microsoft.Storage/storageAccounts/localUsers@2025-06-01' = {
#         // ...
#         properties: {
#           hasSshPassword: false
#         }
#       }
package azure.storage.local_user_password_disabled

deny contains finding if {
	input.resource.properties.hasSshPassword == true
	finding := {
		"message": "the local user signs in with a password",
		"path": "resource.properties.hasSshPassword",
		"actual": true,
		"expected": false,
	}
}
