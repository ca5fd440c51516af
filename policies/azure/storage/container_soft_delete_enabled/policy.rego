# METADATA
# title: Deleted containers can be brought back
# description: |
#   Deleting a container deletes everything in it, and soft delete of blobs does not help then. With soft delete of containers, the
#   container and its blobs come back as they were.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/storage/blobs/soft-delete-container-overview
# custom:
#   check: ST-BKP-001
#   severity: medium
#   resource: Microsoft.Storage/storageAccounts
#   reads:
#     - path: children.blobServices.default.properties.containerDeleteRetentionPolicy.enabled
#       type: boolean
#       absent: "off: Azure keeps nothing unless the blob service says so"
#     - {path: resource.kind, type: string}
#   controls:
#     DORA-12-1-a: shows whether a deleted container is within the scope of what can be restored for data of this class
#     DORA-9-3-b: lowers the chance that a deleted container is lost for good
#     DORA-9-3-d: a mistaken command or script cannot remove a deleted container beyond recovery at once
#     RTS-8-2-b-i: compares the account with the restore requirement of the operating procedures for a deleted container
#     GDPR-32-1-c: personal data can be brought back from a deleted container after an incident
#   fix: {path: children.blobServices.default.properties.containerDeleteRetentionPolicy.enabled, value: true}
#   remediation:
#     az: az storage account blob-service-properties update --resource-group RESOURCE_GROUP --account-name ACCOUNT --enable-container-delete-retention true --container-delete-retention-days 30
#     terraform: |
#       resource "azurerm_storage_account" "example" {
#         # ...
#         blob_properties {
#           container_delete_retention_policy {
#             days = 30
#           }
#         }
#       }
#     bicep: |
#       resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2025-06-01' = {
#         parent: account
#         name: 'default'
#         properties: {
#           containerDeleteRetentionPolicy: {
#             enabled: true
#             days: 30
#           }
#         }
#       }
#     portal: Storage account > Data management > Data protection > Recovery
#     note: |
#       Deleted data is kept and paid for until the retention ends, and only what is deleted from now on.
package azure.storage.container_soft_delete_enabled

import data.lib.arm

default _kept := false

_kept := input.children.blobServices.default.properties.containerDeleteRetentionPolicy.enabled

not_applicable contains "an account for file shares holds no blobs" if arm.same(input.resource.kind, "FileStorage")

deny contains finding if {
	not _kept
	finding := {
		"message": "a deleted container is gone at once, with all its blobs",
		"path": "children.blobServices.default.properties.containerDeleteRetentionPolicy.enabled",
		"actual": _kept,
		"expected": true,
	}
}
