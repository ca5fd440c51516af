# METADATA
# title: Changes of blobs are recorded in order
# description: |
#   The change feed is a record of what was created, changed and deleted, in order and without gaps, in the account itself. Without it
#   nobody can say after an incident which blobs were touched, and point-in-time restore is not possible.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/storage/blobs/storage-blob-change-feed
# custom:
#   check: STO-LOG-004
#   severity: low
#   resource: Microsoft.Storage/storageAccounts
#   reads:
#     - path: children.blobServices.default.properties.changeFeed.enabled
#       type: boolean
#       absent: "off: it is kept only where the blob service says so"
#     - {path: resource.kind, type: string}
#     - {path: resource.properties.isHnsEnabled, type: boolean}
#   controls:
#     DORA-12-7: after a recovery the record shows which blobs have to be reconciled
#     RTS-12-2-c: changes of data are among the events that are recorded
#     GDPR-33-5: after a breach the record shows which blobs were touched
#   remediation:
#     az: az storage account blob-service-properties update --resource-group RESOURCE_GROUP --account-name ACCOUNT --enable-change-feed true
#     terraform: |
#       resource "azurerm_storage_account" "example" {
#         # ...
#         blob_properties {
#           change_feed_enabled = true
#         }
#       }
#     bicep: |
#       resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2025-06-01' = {
#         parent: account
#         name: 'default'
#         properties: { changeFeed: { enabled: true } }
#       }
#     portal: Storage account > Data management > Data protection
package azure.storage.blob_changes_recorded

import data.lib.arm

default _on := false

_on := input.children.blobServices.default.properties.changeFeed.enabled

_kind := input.resource.kind

not_applicable contains "an account of this kind cannot do it" if arm.one_of(_kind, ["FileStorage", "BlobStorage", "Storage"])

not_applicable contains "an account with a hierarchical namespace cannot do it" if input.resource.properties.isHnsEnabled

deny contains finding if {
	_on == false
	finding := {
		"message": "no record of changes is kept",
		"path": "children.blobServices.default.properties.changeFeed.enabled",
		"actual": false,
		"expected": true,
	}
}

unknown contains sprintf("the kind of account %q is not known", [_kind]) if {
	not arm.one_of(_kind, ["StorageV2", "BlockBlobStorage", "FileStorage", "BlobStorage", "Storage"])
}
