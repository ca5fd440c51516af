# METADATA
# title: Deleted file shares can be brought back
# description: |
#   Without soft delete, deleting a share takes all its files and snapshots with it. It guards whole shares, not single files. What Azure
#   does when nothing is configured has changed over time, so a template that does not say it gives no verdict: only the live account
#   shows it.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/storage/files/storage-files-prevent-file-share-deletion
# custom:
#   check: ST-BKP-002
#   severity: medium
#   resource: Microsoft.Storage/storageAccounts
#   reads:
#     - {path: children.fileServices.default.properties.shareDeleteRetentionPolicy.enabled, type: boolean}
#     - {path: resource.kind, type: string}
#   controls:
#     DORA-12-1-a: shows whether a deleted file share is within the scope of what can be restored for data of this class
#     DORA-9-3-b: lowers the chance that a deleted file share is lost for good
#     DORA-9-3-d: a mistaken command or script cannot remove a deleted file share beyond recovery at once
#     RTS-8-2-b-i: compares the account with the restore requirement of the operating procedures for a deleted file share
#     GDPR-32-1-c: personal data can be brought back from a deleted file share after an incident
#   fix: {path: children.fileServices.default.properties.shareDeleteRetentionPolicy.enabled, value: true}
#   remediation:
#     az: az storage account file-service-properties update --resource-group RESOURCE_GROUP --account-name ACCOUNT --enable-delete-retention true --delete-retention-days 14
#     terraform: |
#       resource "azurerm_storage_account" "example" {
#         # ...
#         share_properties {
#           retention_policy {
#             days = 14
#           }
#         }
#       }
#     bicep: |
#       resource files 'Microsoft.Storage/storageAccounts/fileServices@2025-06-01' = {
#         parent: account
#         name: 'default'
#         properties: {
#           shareDeleteRetentionPolicy: {
#             enabled: true
#             days: 14
#           }
#         }
#       }
package azure.storage.file_share_soft_delete_enabled

import data.lib.arm

not_applicable contains "an account for blobs holds no file shares" if arm.one_of(input.resource.kind, ["BlobStorage", "BlockBlobStorage"])

deny contains finding if {
	input.children.fileServices.default.properties.shareDeleteRetentionPolicy.enabled == false
	finding := {
		"message": "a deleted file share is gone at once",
		"path": "children.fileServices.default.properties.shareDeleteRetentionPolicy.enabled",
		"actual": false,
		"expected": true,
	}
}
