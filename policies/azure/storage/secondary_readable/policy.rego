# METADATA
# title: The copy of the storage account in the other region can be read before a failover
# description: |
#   A failover takes up to an hour and loses what was not copied. An account with read access to its secondary answers reads meanwhile,
#   and may make the failover needless. Not every account needs it: the policy judges only where storage_secondary_readable_required
#   says so. Clients have to know the second address.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/storage/common/geo-redundant-design
# custom:
#   check: ST-GEO-002
#   severity: low
#   resource: Microsoft.Storage/storageAccounts
#   reads:
#     - {path: resource.sku.name, type: string}
#   parameters:
#     storage_secondary_readable_required: {type: boolean, default: false, meaning: whether the copy of a storage account in the paired region must be readable before a failover}
#   controls:
#     DORA-12-4: the copy serves readers before anybody decides on a failover
#     RTS-26-2: gives the plan for the loss of a region a step that loses no data
#     GDPR-32-1-c: personal data can be read again at once while its first region is down
#   remediation:
#     az: az storage account update --resource-group RESOURCE_GROUP --name ACCOUNT --sku Standard_RAGZRS
#     terraform: |
#       resource "azurerm_storage_account" "example" {
#         # ...
#         account_replication_type = "RAGZRS"
#       }
#     bicep: |
#       resource account 'Microsoft.Storage/storageAccounts@2025-06-01' = {
#         // ...
#         sku: {
#           name: 'Standard_RAGZRS'
#         }
#       }
package azure.storage.secondary_readable

import data.lib.arm

_sku := input.resource.sku.name

_good := ["Standard_RAGRS", "Standard_RAGZRS"]

_bad := ["Standard_LRS", "Standard_ZRS", "Standard_GRS", "Standard_GZRS", "Premium_LRS", "Premium_ZRS", "StandardV2_LRS", "StandardV2_ZRS", "StandardV2_GRS", "StandardV2_GZRS", "PremiumV2_LRS", "PremiumV2_ZRS"]

not_applicable contains "the copy in the other region need not be readable" if data.parameters.storage_secondary_readable_required == false

deny contains finding if {
	arm.one_of(_sku, _bad)
	finding := {
		"message": sprintf("with %s nothing can be read in another region before a failover", [_sku]),
		"path": "resource.sku.name",
		"actual": _sku,
		"expected": _good,
	}
}

unknown contains sprintf("the SKU %q is not known", [_sku]) if not arm.one_of(_sku, array.concat(_good, _bad))
