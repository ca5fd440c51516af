# METADATA
# title: The storage account has a copy in another region
# description: |
#   Without a copy elsewhere, the loss of the region takes the account and its data. The copy goes to the paired region of Azure, which
#   the firm cannot choose, and lags behind by minutes. Premium accounts cannot have it. Where data must stay in one region, or another
#   copy serves (object replication, vaulted backup), set geo_redundant_storage_required to false for that class; whether the paired
#   region is allowed is another policy's question.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/storage/common/storage-redundancy
# custom:
#   check: ST-GEO-001
#   severity: medium
#   resource: Microsoft.Storage/storageAccounts
#   reads:
#     - {path: resource.sku.name, type: string}
#   parameters:
#     geo_redundant_storage_required: {type: boolean, default: true, meaning: whether stored data must be copied to the paired region}
#   controls:
#     DORA-12-4: the copy is storage in reserve that does not share the fate of the region
#     DORA-11-5: shows whether an account for which the impact analysis asks a second region has one
#     RTS-26-2: gives plans for the loss of a site something to switch to
#     RTS-24-1-b-ii-2: recovery objectives for the loss of a region can only be met from a copy outside it
#     GDPR-32-1-c: access to personal data can be restored from another region when its own is down
#   remediation:
#     az: az storage account update --resource-group RESOURCE_GROUP --name ACCOUNT --sku Standard_GRS
#     terraform: |
#       resource "azurerm_storage_account" "example" {
#         # ...
#         account_replication_type = "GZRS"
#       }
#     bicep: |
#       resource account 'Microsoft.Storage/storageAccounts@2025-06-01' = {
#         // ...
#         sku: {
#           name: 'Standard_GZRS'
#         }
#       }
#     portal: Storage account > Data management > Redundancy
#     note: |
#       From a zone-redundant account go to GZRS, from a locally redundant one to GRS: zones and geo-replication cannot change in one
#       step.
package azure.storage.geo_redundant

import data.lib.arm

_sku := input.resource.sku.name

_good := ["Standard_GRS", "Standard_RAGRS", "Standard_GZRS", "Standard_RAGZRS", "StandardV2_GRS", "StandardV2_GZRS"]

_bad := ["Standard_LRS", "Standard_ZRS", "Premium_LRS", "Premium_ZRS", "StandardV2_LRS", "StandardV2_ZRS", "PremiumV2_LRS", "PremiumV2_ZRS"]

not_applicable contains "a copy in another region is not required of this account" if data.parameters.geo_redundant_storage_required == false

deny contains finding if {
	arm.one_of(_sku, _bad)
	finding := {
		"message": sprintf("the copies are %s, so none leaves the region", [_sku]),
		"path": "resource.sku.name",
		"actual": _sku,
		"expected": _good,
	}
}

unknown contains sprintf("the SKU %q is not known", [_sku]) if not arm.one_of(_sku, array.concat(_good, _bad))
