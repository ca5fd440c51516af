# METADATA
# title: Cosmos DB keeps data only in regions that the firm allows
# description: |
#   Each region of the account holds a full copy of the data. One outside the allowed regions may be a transfer to a third country, and a
#   place of storage that the contract and the register do not name. Where data is read from is not seen here. While the list is empty this
#   policy does not apply.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/cosmos-db/distribute-data-globally
# custom:
#   check: RES-LOC-003
#   severity: high
#   resource: Microsoft.DocumentDB/databaseAccounts
#   reads:
#     - {path: resource.properties.locations, type: array}
#   parameters:
#     regions_allowed: {type: list, default: [austriaeast, belgiumcentral, denmarkeast, finlandcentral, francecentral, francesouth, germanynorth, germanywestcentral, italynorth, northeurope, norwayeast, norwaywest, polandcentral, spaincentral, swedencentral, swedensouth, westeurope], pattern: "^[a-z0-9]+$", meaning: "regions in which the firm keeps its data, by default those of the European Economic Area; empty checks no location"}
#   controls:
#     DORA-30-2-b: gives the observed places of storage to compare with those that the contract names
#     RTS-4-2-b-ii: names the location of each copy of the data
#     GDPR-44: a copy outside the regions that the firm allows may be a transfer; access from elsewhere is not seen here
#     GDPR-28-3-a: the choice of regions is an instruction to the processor, and this shows the one in force
#   remediation:
#     az: |
#       az cosmosdb update --resource-group RESOURCE_GROUP --name ACCOUNT \
#         --locations regionName=westeurope failoverPriority=0 --locations regionName=northeurope failoverPriority=1
#     terraform: |
#       resource "azurerm_cosmosdb_account" "example" {
#         # ...
#         geo_location {
#           location          = "westeurope"
#           failover_priority = 0
#         }
#       }
#     bicep: |
#       resource account 'Microsoft.DocumentDB/databaseAccounts@2025-10-15' = {
#         // ...
#         properties: {
#           locations: [
#             { locationName: 'westeurope', failoverPriority: 0 }
#           ]
#         }
#       }
#     portal: Cosmos DB account > Settings > Replicate data globally
#     note: Removing a region deletes the copy there. Move the writes away from it first.
package azure.cosmos.data_in_allowed_regions

import data.lib.arm

not_applicable contains "no list of allowed regions is set" if count(data.parameters.regions_allowed) == 0

deny contains finding if {
	some location in input.resource.properties.locations
	is_string(location.locationName)
	not arm.region(location.locationName) in data.parameters.regions_allowed
	finding := {
		"message": sprintf("a copy of the data is in %s", [location.locationName]),
		"path": "resource.properties.locations",
		"actual": location.locationName,
		"expected": data.parameters.regions_allowed,
	}
}

unknown contains "the account names no region" if count(input.resource.properties.locations) == 0

unknown contains "a region has no name" if {
	some location in input.resource.properties.locations
	not _named(location)
}

_named(location) if is_string(location.locationName)
