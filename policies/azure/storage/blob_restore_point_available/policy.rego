# METADATA
# title: Blobs can be restored to a point in time
# description: |
#   Soft delete and versions bring back single blobs. After a faulty batch run or ransomware, thousands have to go back to the same moment,
#   which point-in-time restore does in one step. It needs versions, the change feed and soft delete.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/storage/blobs/point-in-time-restore-overview
# custom:
#   check: STO-BKP-008
#   severity: low
#   resource: Microsoft.Storage/storageAccounts
#   reads:
#     - path: children.blobServices.default.properties.restorePolicy.enabled
#       type: boolean
#       absent: "off: it is kept only where the blob service says so"
#     - {path: resource.kind, type: string}
#     - {path: resource.properties.isHnsEnabled, type: boolean}
#   controls:
#     DORA-12-1-b: shows that a restore of many blobs to one moment is prepared and not to be invented in the event
#     DORA-9-3-b: lowers the chance that damage to many blobs is for good
#     RTS-8-2-b-i: compares the account with the restore requirement of the operating procedures
#     RTS-26-2: a cyber-attack that changes many blobs is provided for
#     GDPR-32-1-c: personal data in blobs can be brought back in time after an incident
#   remediation:
#     az: az storage account blob-service-properties update --resource-group RESOURCE_GROUP --account-name ACCOUNT --enable-restore-policy true --restore-days 7 --enable-versioning true --enable-change-feed true --enable-delete-retention true --delete-retention-days 14
#     terraform: |
#       resource "azurerm_storage_account" "example" {
#         # ...
#         blob_properties {
#           versioning_enabled  = true
#           change_feed_enabled = true
#           delete_retention_policy {
#             days = 14
#           }
#           restore_policy {
#             days = 7
#           }
#         }
#       }
#     bicep: |
#       resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2025-06-01' = {
#         parent: account
#         name: 'default'
#         properties: { restorePolicy: { enabled: true, days: 7 }, isVersioningEnabled: true, changeFeed: { enabled: true }, deleteRetentionPolicy: { enabled: true, days: 14 } }
#       }
#     portal: Storage account > Data management > Data protection
package azure.storage.blob_restore_point_available

import data.lib.arm

default _on := false

_on := input.children.blobServices.default.properties.restorePolicy.enabled

_kind := input.resource.kind

not_applicable contains "an account of this kind cannot do it" if arm.one_of(_kind, ["FileStorage", "BlobStorage", "Storage"])

not_applicable contains "an account with a hierarchical namespace cannot do it" if input.resource.properties.isHnsEnabled

deny contains finding if {
	_on == false
	finding := {
		"message": "blobs cannot be restored to a point in time",
		"path": "children.blobServices.default.properties.restorePolicy.enabled",
		"actual": false,
		"expected": true,
	}
}

unknown contains sprintf("the kind of account %q is not known", [_kind]) if {
	not arm.one_of(_kind, ["StorageV2", "BlockBlobStorage", "FileStorage", "BlobStorage", "Storage"])
}
