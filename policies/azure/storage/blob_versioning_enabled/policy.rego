# METADATA
# title: Earlier versions of blobs are kept
# description: |
#   Without versions, an overwrite destroys what was there before, and ransomware needs no more than the right to write. With versioning,
#   every change leaves the earlier state readable. Versions are kept, and paid for, until a lifecycle rule removes them, and personal
#   data in them counts for erasure too. Accounts with a hierarchical namespace cannot version and are left out.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/storage/blobs/versioning-overview
# custom:
#   check: ST-BKP-001
#   severity: medium
#   resource: Microsoft.Storage/storageAccounts
#   reads:
#     - path: children.blobServices.default.properties.isVersioningEnabled
#       type: boolean
#       absent: "off: Azure keeps versions only where the blob service says so"
#     - {path: resource.kind, type: string}
#     - {path: resource.properties.isHnsEnabled, type: boolean}
#   controls:
#     DORA-12-1-a: shows whether the state of a blob before a change is within the scope of what can be restored for data of this class
#     DORA-9-3-b: lowers the chance that the state of a blob before a change is lost for good
#     DORA-9-3-d: a mistaken command or script cannot remove the state of a blob before a change beyond recovery at once
#     RTS-8-2-b-i: compares the account with the restore requirement of the operating procedures for the state of a blob before a change
#     GDPR-32-1-c: personal data can be brought back from the state of a blob before a change after an incident
#   fix: {path: children.blobServices.default.properties.isVersioningEnabled, value: true}
#   remediation:
#     az: az storage account blob-service-properties update --resource-group RESOURCE_GROUP --account-name ACCOUNT --enable-versioning true
#     terraform: |
#       resource "azurerm_storage_account" "example" {
#         # ...
#         blob_properties {
#           versioning_enabled = true
#         }
#       }
#     bicep: |
#       resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2025-06-01' = {
#         parent: account
#         name: 'default'
#         properties: {
#           isVersioningEnabled: true
#         }
#       }
#     portal: Storage account > Data management > Data protection > Tracking > Enable versioning for blobs
#     note: |
#       Add a lifecycle rule that deletes old versions, or cost and kept personal data grow without end.
package azure.storage.blob_versioning_enabled

import data.lib.arm

default _versioning := false

_versioning := input.children.blobServices.default.properties.isVersioningEnabled

default _hierarchical := false

_hierarchical := input.resource.properties.isHnsEnabled

not_applicable contains "an account for file shares holds no blobs" if arm.same(input.resource.kind, "FileStorage")

not_applicable contains "an account with a hierarchical namespace cannot keep versions of blobs" if _hierarchical

deny contains finding if {
	not _versioning
	finding := {
		"message": "an overwritten blob leaves no earlier version",
		"path": "children.blobServices.default.properties.isVersioningEnabled",
		"actual": _versioning,
		"expected": true,
	}
}
