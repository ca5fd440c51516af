# METADATA
# title: Nobody has a right on file shares by default
# description: |
#   A default permission gives every user and machine of the directory the same right on every share of the account, without a role
#   assignment that anybody could review. What files allow below that is left to their access lists.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/storage/files/storage-files-identity-assign-share-level-permissions
# custom:
#   check: STO-PAM-001
#   severity: medium
#   resource: Microsoft.Storage/storageAccounts
#   reads:
#     - path: resource.properties.azureFilesIdentityBasedAuthentication.defaultSharePermission
#       type: string
#       absent: "None: nobody has a right by default unless the account says so"
#   controls:
#     RTS-21-a: rights on shares are given to those who need them and not to all
#     DORA-9-4-c: access to shares is restricted to what approved activities need
#     GDPR-25-2: personal data on shares is not open to everybody in the firm by default
#   fix: {path: resource.properties.azureFilesIdentityBasedAuthentication.defaultSharePermission, value: None}
#   remediation:
#     az: az storage account update --resource-group RESOURCE_GROUP --name ACCOUNT --default-share-permission None
#     terraform: |
#       resource "azurerm_storage_account" "example" {
#         # ...
#         azure_files_authentication {
#           directory_type                 = "AADKERB"
#           default_share_level_permission = "None"
#         }
#       }
#     bicep: |
#       resource account 'Microsoft.Storage/storageAccounts@2025-06-01' = {
#         // ...
#         properties: {
#           azureFilesIdentityBasedAuthentication: { directoryServiceOptions: 'AADKERB', defaultSharePermission: 'None' }
#         }
#       }
package azure.storage.file_share_default_permission_none

import data.lib.arm

default _permission := "None"

_permission := input.resource.properties.azureFilesIdentityBasedAuthentication.defaultSharePermission

deny contains finding if {
	arm.one_of(_permission, ["StorageFileDataSmbShareReader", "StorageFileDataSmbShareContributor", "StorageFileDataSmbShareElevatedContributor"])
	finding := {
		"message": sprintf("every identity of the directory has the right %s on all shares", [_permission]),
		"path": "resource.properties.azureFilesIdentityBasedAuthentication.defaultSharePermission",
		"actual": _permission,
		"expected": "None",
	}
}

unknown contains sprintf("defaultSharePermission is %q, which this policy does not know", [_permission]) if {
	not arm.one_of(_permission, ["None", "StorageFileDataSmbShareReader", "StorageFileDataSmbShareContributor", "StorageFileDataSmbShareElevatedContributor"])
}
