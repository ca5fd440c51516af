# METADATA
# title: The storage account refuses its own keys
# description: |
#   An account key opens everything in the account, names nobody, knows no second factor and stays valid until it is rotated; so do the
#   account and service signatures that are made with it. With shared key access off, only Microsoft Entra identities and user delegation
#   signatures get in. Azure leaves the property out until it is set, and allows the keys. Azure Files over SMB with the key stops working
#   too.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/storage/common/shared-key-authorization-prevent
# custom:
#   check: ST-AUTH-001
#   severity: high
#   resource: Microsoft.Storage/storageAccounts
#   reads:
#     - path: resource.properties.allowSharedKeyAccess
#       type: boolean
#       absent: "allowed: Azure leaves the property out until it is set, and accepts the keys"
#   controls:
#     DORA-9-4-c: closes a way into the account that the central administration of rights does not see, an account key
#     DORA-9-4-d: an account key is not strong authentication, and with this setting it no longer opens the account
#     RTS-20-1: every caller of the account is an identity that the directory knows and authenticates
#     RTS-21-c: ends access by an account key that several people or programs share, so that actions can be traced to one
#     RTS-21-f-ii: leaves no way around the strong authentication that the directory asks for
#     GDPR-32-1-b: a leaked account key or a signature made with it no longer exposes personal data
#     RTS-14-1-b: shared access signatures made with the account key, a common way for data to leak, stop working
#   fix: {path: resource.properties.allowSharedKeyAccess, value: false}
#   remediation:
#     az: az storage account update --resource-group RESOURCE_GROUP --name ACCOUNT --allow-shared-key-access false
#     terraform: |
#       resource "azurerm_storage_account" "example" {
#         # ...
#         shared_access_key_enabled = false
#       }
#     bicep: |
#       resource account 'Microsoft.Storage/storageAccounts@2025-06-01' = {
#         // ...
#         properties: {
#           allowSharedKeyAccess: false
#         }
#       }
#     portal: Storage account > Settings > Configuration > Allow storage account key access > Disabled > Save
#     note: |
#       Find callers that still use keys in the metric Transactions, split by Authentication, first. The Terraform provider itself needs
#       storage_use_azuread = true afterwards.
package azure.storage.shared_key_access_disabled

default _shared := true

_shared := input.resource.properties.allowSharedKeyAccess

deny contains finding if {
	_shared
	finding := {
		"message": "the account can be opened with its keys",
		"path": "resource.properties.allowSharedKeyAccess",
		"actual": _shared,
		"expected": false,
	}
}
