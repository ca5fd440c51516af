# METADATA
# title: The storage account survives the loss of a zone
# description: |
#   Locally redundant copies all stand in one data centre; when it fails the account is out of reach, and data may be lost. Geo-redundant
#   accounts without zones have the same weakness in their own region: the copy elsewhere lags behind and takes over only by a failover.
#   Regions without zones cannot offer it; there the finding stands until the region changes or zone_redundancy_required says that it is
#   not needed.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/storage/common/storage-redundancy
# custom:
#   check: ST-ZR-001
#   severity: medium
#   resource: Microsoft.Storage/storageAccounts
#   reads:
#     - {path: resource.sku.name, type: string}
#   parameters:
#     zone_redundancy_required: {type: boolean, default: true, meaning: whether the database must survive the loss of an availability zone}
#   controls:
#     DORA-12-4: copies of the account in other zones are the spare capacity that takes over when a zone is lost
#     DORA-11-5: shows whether a account for which the impact analysis asks redundancy was built with it
#     DORA-9-2: keeps the account available through the failure of one data centre
#     RTS-26-1-c: lets the recovery plan count on the account without a restore when a zone is lost
#     GDPR-32-1-b: adds resilience to the processing of the personal data in the account
#   remediation:
#     az: az storage account migration start --resource-group RESOURCE_GROUP --account-name ACCOUNT --sku Standard_ZRS --no-wait
#     terraform: |
#       resource "azurerm_storage_account" "example" {
#         # ...
#         account_replication_type = "ZRS"
#       }
#     bicep: |
#       resource account 'Microsoft.Storage/storageAccounts@2025-06-01' = {
#         // ...
#         sku: {
#           name: 'Standard_ZRS'
#         }
#       }
#     portal: Storage account > Data management > Redundancy
#     note: |
#       The conversion runs in the background without an interruption and may take days. Not every kind of account can be converted; the
#       others need a new account and a copy.
package azure.storage.zone_redundant

import data.lib.arm

_sku := input.resource.sku.name

_good := ["Standard_ZRS", "Standard_GZRS", "Standard_RAGZRS", "Premium_ZRS", "StandardV2_ZRS", "StandardV2_GZRS", "PremiumV2_ZRS"]

_bad := ["Standard_LRS", "Standard_GRS", "Standard_RAGRS", "Premium_LRS", "StandardV2_LRS", "StandardV2_GRS", "PremiumV2_LRS"]

not_applicable contains "zone redundancy is not required of this account" if data.parameters.zone_redundancy_required == false

deny contains finding if {
	arm.one_of(_sku, _bad)
	finding := {
		"message": sprintf("the copies are %s, so the loss of one zone stops the account or loses data", [_sku]),
		"path": "resource.sku.name",
		"actual": _sku,
		"expected": _good,
	}
}

unknown contains sprintf("the SKU %q is not known", [_sku]) if not arm.one_of(_sku, array.concat(_good, _bad))
