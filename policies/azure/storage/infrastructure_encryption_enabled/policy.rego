# METADATA
# title: The storage account encrypts its data twice
# description: |
#   With infrastructure encryption, data is encrypted once by the service and once by the layer below it, with another algorithm and
#   another key, so that one broken key or algorithm does not expose it. The second key is always Azure's. It is fixed when the account is
#   created: a finding means a new account and a copy of the data. Few risks call for it; set infrastructure_encryption_required to false
#   for the classes that do not.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/storage/common/infrastructure-encryption-enable
# custom:
#   check: ST-CMK-002
#   severity: low
#   resource: Microsoft.Storage/storageAccounts
#   reads:
#     - path: resource.properties.encryption.requireInfrastructureEncryption
#       type: boolean
#       absent: "off: Azure adds the second layer only where the account was created with it"
#   parameters:
#     infrastructure_encryption_required: {type: boolean, default: true, meaning: whether data at rest must be encrypted a second time below the service}
#   controls:
#     DORA-9-4-d: shows whether the account has the second layer of encryption that the firm asks for by class of data
#     RTS-6-2-a: lets the firm compare its rule for data at rest with the number of layers that the account really has
#     GDPR-32-1-a: a flaw in one layer alone does not lay personal data open
#   remediation:
#     az: az storage account create --resource-group RESOURCE_GROUP --name NEW_ACCOUNT --sku Standard_GZRS --require-infrastructure-encryption true
#     terraform: |
#       resource "azurerm_storage_account" "example" {
#         # ...
#         infrastructure_encryption_enabled = true # changing it replaces the account
#       }
#     bicep: |
#       resource account 'Microsoft.Storage/storageAccounts@2025-06-01' = {
#         // ...
#         properties: {
#           encryption: {
#             requireInfrastructureEncryption: true
#           }
#         }
#       }
#     note: |
#       Copy the data to the new account with AzCopy, move the clients, then delete the old account. An encryption scope with
#       infrastructure encryption covers single containers without a new account.
package azure.storage.infrastructure_encryption_enabled

default _double := false

_double := input.resource.properties.encryption.requireInfrastructureEncryption

not_applicable contains "a second layer of encryption is not required for this data" if data.parameters.infrastructure_encryption_required == false

deny contains finding if {
	not _double
	finding := {
		"message": "the data is encrypted once only",
		"path": "resource.properties.encryption.requireInfrastructureEncryption",
		"actual": _double,
		"expected": true,
	}
}
