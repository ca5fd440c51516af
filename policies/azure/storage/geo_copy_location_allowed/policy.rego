# METADATA
# title: The second copy of the storage account is in an allowed region
# description: |
#   Geo-redundant storage copies data to the paired region of the account without naming it, and some pairs lie in other countries. The pair
#   comes from a table of Microsoft's regions with a date; a region without a known pair is unknown. Storage in one region makes no second
#   copy. Copies by object replication are not seen here.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/reliability/cross-region-replication-azure
# custom:
#   check: RES-LOC-002
#   severity: high
#   resource: Microsoft.Storage/storageAccounts
#   reads:
#     - {path: resource.location, type: string}
#     - {path: resource.sku.name, type: string}
#   parameters:
#     regions_allowed: {type: list, default: [austriaeast, belgiumcentral, denmarkeast, finlandcentral, francecentral, francesouth, germanynorth, germanywestcentral, italynorth, northeurope, norwayeast, norwaywest, polandcentral, spaincentral, swedencentral, swedensouth, westeurope], pattern: "^[a-z0-9]+$", meaning: "regions in which the firm keeps its data, by default those of the European Economic Area; empty checks no location"}
#   controls:
#     DORA-30-2-b: names the region of the second copy of the data, which the order for the account does not name
#     RTS-4-2-b-ii: the register can hold the second place of the data beside the first
#     GDPR-44: a copy in a pair outside the list may be a transfer that nobody decided on
#     GDPR-28-3-a: the redundancy is an instruction to copy, and this shows where the processor copies to
#   remediation:
#     az: az storage account update --resource-group RESOURCE_GROUP --name ACCOUNT --sku Standard_ZRS
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
#     note: |
#       From GRS to ZRS some accounts take two steps or a conversion that Azure carries out. A copy in a chosen region can be kept by object replication instead.
package azure.storage.geo_copy_location_allowed

import data.lib.arm
import data.lib.locations
import data.lib.regions

_kind := input.resource.sku.name

_geo := ["Standard_GRS", "Standard_RAGRS", "Standard_GZRS", "Standard_RAGZRS", "StandardV2_GRS", "StandardV2_GZRS"]

_local := ["Standard_LRS", "Standard_ZRS", "Premium_LRS", "Premium_ZRS", "StandardV2_LRS", "StandardV2_ZRS", "PremiumV2_LRS", "PremiumV2_ZRS"]

_pair := regions.pair(input.resource.location)

_paired if _pair

not_applicable contains "no list of allowed regions is set" if count(data.parameters.regions_allowed) == 0

not_applicable contains "no copy of the data lies in another region" if arm.one_of(_kind, _local)

deny contains finding if {
	arm.one_of(_kind, _geo)
	locations.outside(_pair, data.parameters.regions_allowed)
	finding := {
		"message": sprintf("%s copies the data to %s, the paired region of %s", [_kind, _pair, input.resource.location]),
		"path": "resource.sku.name",
		"actual": _pair,
		"expected": concat(" or ", data.parameters.regions_allowed),
	}
}

unknown contains sprintf("no paired region of \"%v\" is known", [input.resource.location]) if not _paired

unknown contains sprintf("the redundancy %q is not known to this policy", [_kind]) if not arm.one_of(_kind, array.concat(_geo, _local))
