# METADATA
# title: A storage account of a critical function stands in several zones
# description: |
#   Judges accounts whose declared criticality marks a critical or important function. When all copies in the region stand in one data
#   centre, its failure takes the function along; a copy in another region takes over only by a failover that people order. Unlike
#   zone_redundant it cannot be switched off by zone_redundancy_required. An account without a declared criticality gives unknown
#   (recovery_objectives_declared says so).
# related_resources:
#   - ref: https://learn.microsoft.com/azure/storage/common/storage-redundancy
# custom:
#   check: HAO-SPOF-001
#   severity: high
#   resource: Microsoft.Storage/storageAccounts
#   reads:
#     - {path: resource.sku.name, type: string}
#     - context.criticality
#   parameters:
#     critical_function_criticalities: {type: list, default: [critical], pattern: "^\\S.*$", meaning: values of criticality that mark what carries a critical or important function}
#   controls:
#     DORA-10-1: names a storage account of a critical function that is a single point of failure
#     DORA-11-5: a storage account on which a critical function hangs is a critical component, which has to be redundant
#     DORA-12-4: shows whether the storage account has capacity left when one zone is gone
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
package azure.storage.critical_function_survives_zone_loss

import data.lib.arm
import data.lib.resilience

_sku := input.resource.sku.name

not_applicable contains sprintf("the criticality %s marks no critical function", [input.context.criticality]) if {
	not arm.one_of(input.context.criticality, data.parameters.critical_function_criticalities)
}

_critical if arm.one_of(input.context.criticality, data.parameters.critical_function_criticalities)

deny contains finding if {
	_critical
	resilience.storage(_sku).zones == false
	finding := {
		"message": sprintf("single zone: the copies of %s stand in one data centre of the region, and a critical function hangs on them", [_sku]),
		"path": "resource.sku.name",
		"actual": _sku,
		"expected": ["Standard_ZRS", "Standard_GZRS", "Standard_RAGZRS", "Premium_ZRS"],
	}
}

unknown contains sprintf("the SKU %q is not known", [_sku]) if not resilience.storage(_sku)
