# METADATA
# title: Blobs are not reached over NFS without encryption
# description: |
#   NFS 3.0 on blobs carries data in clear text and knows no users: whoever reaches the endpoint reaches the data. The choice is made with
#   the account and holds for its life.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/storage/blobs/network-file-system-protocol-support
# custom:
#   check: STO-TLS-005
#   severity: medium
#   resource: Microsoft.Storage/storageAccounts
#   reads:
#     - path: resource.properties.isNfsV3Enabled
#       type: boolean
#       absent: "off: NFS is chosen when the account is made"
#   controls:
#     DORA-9-2: data of the account is not carried in clear text by one of its protocols
#     RTS-6-2-c: internal connections to the account are encrypted as well
#     RTS-13-1-e: there is no way to the account that leaves encryption to the network
#     RTS-20-1: there is no way to the data that asks for no identity
#     GDPR-32-1-a: personal data in blobs travels encrypted
#   remediation:
#     az: az storage account create --resource-group RESOURCE_GROUP --name NEW_ACCOUNT --enable-nfs-v3 false
#     terraform: |
#       resource "azurerm_storage_account" "example" {
#         # ...
#         nfsv3_enabled = false
#       }
#     bicep: |
#       resource account 'Microsoft.Storage/storageAccounts@2025-06-01' = {
#         // ...
#         properties: {
#           isNfsV3Enabled: false
#         }
#       }
#     note: It cannot be taken back. Make a new account and move the data; Azure Files offers NFS 4.1 with encryption.
package azure.storage.nfs_disabled

default _is_nfs_v3_enabled := false

_is_nfs_v3_enabled := input.resource.properties.isNfsV3Enabled

deny contains finding if {
	_is_nfs_v3_enabled == true
	finding := {
		"message": "blobs can be reached over NFS 3.0, without encryption",
		"path": "resource.properties.isNfsV3Enabled",
		"actual": true,
		"expected": false,
	}
}
