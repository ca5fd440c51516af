# METADATA
# title: The storage account does not answer SFTP
# description: |
#   SFTP opens port 22 of the account to local users, who sign in with a password or an SSH key that the directory does not know. The
#   firewall of the account is the only other barrier. Only accounts with a hierarchical namespace can have it. Where a partner needs
#   SFTP, waive the finding for that account and keep the account apart.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/storage/blobs/secure-file-transfer-protocol-support
# custom:
#   check: ST-AUTH-003
#   severity: medium
#   resource: Microsoft.Storage/storageAccounts
#   reads:
#     - path: resource.properties.isSftpEnabled
#       type: boolean
#       absent: "off: SFTP has to be switched on"
#     - path: resource.properties.isHnsEnabled
#       type: boolean
#       absent: "off: a hierarchical namespace has to be asked for when the account is created"
#   controls:
#     DORA-9-4-c: takes away an entrance that is open to local users only, whose rights are administered inside the account
#     RTS-20-1: SFTP cannot authenticate identities of the directory, so nobody comes in under another name
#     RTS-21-f-ii: SFTP knows no second factor for access from outside
#     RTS-13-1-d: one service less listens for connections from outside
#     GDPR-32-1-b: a stolen SFTP password or key finds no service to use it on
#   fix: {path: resource.properties.isSftpEnabled, value: false}
#   remediation:
#     az: az storage account update --resource-group RESOURCE_GROUP --name ACCOUNT --enable-sftp false
#     terraform: |
#       resource "azurerm_storage_account" "example" {
#         # ...
#         sftp_enabled = false
#       }
#     bicep: |
#       resource account 'Microsoft.Storage/storageAccounts@2025-06-01' = {
#         // ...
#         properties: {
#           isSftpEnabled: false
#         }
#       }
#     portal: Storage account > Settings > SFTP > Disable SFTP
package azure.storage.sftp_disabled

default _sftp := false

_sftp := input.resource.properties.isSftpEnabled

default _hierarchical := false

_hierarchical := input.resource.properties.isHnsEnabled

not_applicable contains "SFTP needs a hierarchical namespace, which this account does not have" if not _hierarchical

deny contains finding if {
	_sftp
	finding := {
		"message": "the account answers SFTP",
		"path": "resource.properties.isSftpEnabled",
		"actual": _sftp,
		"expected": false,
	}
}
