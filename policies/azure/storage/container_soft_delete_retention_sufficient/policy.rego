# METADATA
# title: Deleted containers are kept long enough
# description: |
#   A deletion that is noticed after the retention has ended cannot be undone. Azure allows 1 to 365 days. No law names a number:
#   storage_soft_delete_days_min is the firm's own rule, and data protection sets a limit to the other side, because deleted personal data
#   stays readable until then.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/storage/blobs/soft-delete-container-overview
# custom:
#   check: ST-BKP-001
#   severity: low
#   resource: Microsoft.Storage/storageAccounts
#   reads:
#     - path: children.blobServices.default.properties.containerDeleteRetentionPolicy.enabled
#       type: boolean
#       absent: "off: Azure keeps nothing unless the blob service says so"
#     - {path: children.blobServices.default.properties.containerDeleteRetentionPolicy.days, type: integer}
#   parameters:
#     storage_soft_delete_days_min: {type: integer, default: 7, min: 1, max: 365, meaning: fewest days that deleted blobs and containers stay recoverable}
#   controls:
#     DORA-12-1-a: shows whether a container whose deletion is noticed late is within the scope of what can be restored for data of this class
#     DORA-9-3-b: lowers the chance that a container whose deletion is noticed late is lost for good
#     DORA-9-3-d: a mistaken command or script cannot remove a container whose deletion is noticed late beyond recovery at once
#     RTS-8-2-b-i: compares the account with the restore requirement of the operating procedures for a container whose deletion is noticed late
#     GDPR-32-1-c: personal data can be brought back from a container whose deletion is noticed late after an incident
#   fix: {path: children.blobServices.default.properties.containerDeleteRetentionPolicy.days, parameter: storage_soft_delete_days_min}
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
#       What is already deleted keeps its old retention.
package azure.storage.container_soft_delete_retention_sufficient

default _kept := false

_kept := input.children.blobServices.default.properties.containerDeleteRetentionPolicy.enabled

_days := input.children.blobServices.default.properties.containerDeleteRetentionPolicy.days

_minimum := data.parameters.storage_soft_delete_days_min

not_applicable contains "soft delete is off, which is container_soft_delete_enabled's finding" if not _kept

deny contains finding if {
	_days < _minimum
	finding := {
		"message": sprintf("a deleted container is kept for %v days, fewer than %v", [_days, _minimum]),
		"path": "children.blobServices.default.properties.containerDeleteRetentionPolicy.days",
		"actual": _days,
		"expected": sprintf("at least %v", [_minimum]),
	}
}
