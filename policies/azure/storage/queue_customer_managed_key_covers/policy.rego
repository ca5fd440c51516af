# METADATA
# title: The customer-managed key of the storage account covers its queues
# description: |
#   A key of the firm on a storage account covers blobs and files only. Whether it covers queues too is chosen when the account is made:
#   otherwise they stay under a key of Microsoft, although the account shows a customer-managed key. An account that keeps nothing in queues
#   loses nothing.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/storage/common/account-encryption-key-create
# custom:
#   check: STO-CMK-003
#   severity: low
#   resource: Microsoft.Storage/storageAccounts
#   reads:
#     - path: resource.properties.encryption.services.queue.keyType
#       type: string
#       absent: "Service: queues stay with the key of Microsoft unless the account was made otherwise"
#     - {path: resource.properties.encryption.keySource, type: string}
#   controls:
#     DORA-9-4-d: the key that was chosen by the class of the data covers its queues as well
#     RTS-6-2-a: shows whether the rule on encryption at rest reaches queues
#     RTS-7-2: use of the key for queues is decided and logged in the vault of the firm
#     GDPR-32-1-a: personal data in queues is encrypted under the key of the controller
#   remediation:
#     az: az storage account create --resource-group RESOURCE_GROUP --name NEW_ACCOUNT --encryption-key-type-for-queue Account
#     terraform: |
#       resource "azurerm_storage_account" "example" {
#         # ...
#         queue_encryption_key_type = "Account"
#       }
#     bicep: |
#       resource account 'Microsoft.Storage/storageAccounts@2025-06-01' = {
#         // ...
#         properties: {
#           encryption: { services: { queue: { keyType: 'Account' } } }
#         }
#       }
#     note: The kind of key is fixed when the account is made. Make a new account and move the data.
package azure.storage.queue_customer_managed_key_covers

import data.lib.arm

default _key_type := "Service"

_key_type := input.resource.properties.encryption.services.queue.keyType

_key_source := input.resource.properties.encryption.keySource

not_applicable contains "the account uses no customer-managed key" if arm.same(_key_source, "Microsoft.Storage")

deny contains finding if {
	arm.same(_key_type, "Service")
	finding := {
		"message": "queues are encrypted with a key of Microsoft",
		"path": "resource.properties.encryption.services.queue.keyType",
		"actual": _key_type,
		"expected": "Account",
	}
}

unknown contains sprintf("keyType is %q, which this policy does not know", [_key_type]) if {
	not arm.one_of(_key_type, ["Account", "Service"])
}

unknown contains sprintf("keySource is %q, which this policy does not know", [_key_source]) if {
	not arm.one_of(_key_source, ["Microsoft.Keyvault", "Microsoft.Storage"])
}
