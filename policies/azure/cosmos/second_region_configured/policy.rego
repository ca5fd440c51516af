# METADATA
# title: Cosmos DB keeps its data in a second region
# description: |
#   An account in one region is gone while that region is down, however many zones it has. A second region holds a copy that can take over.
#   Whether it takes over by itself is another policy's question (failover_automatic), and whether data may be kept there a third
#   (data_in_allowed_regions). Each region costs as much as the first.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/cosmos-db/distribute-data-globally
# custom:
#   check: COS-GEO-001
#   severity: medium
#   resource: Microsoft.DocumentDB/databaseAccounts
#   reads:
#     - {path: resource.properties.locations, type: array}
#   parameters:
#     cosmos_second_region_required: {type: boolean, default: true, meaning: whether accounts of Cosmos DB must have a second region}
#   controls:
#     DORA-12-4: the second region is capacity in reserve that does not share the fate of the first
#     DORA-11-5: shows whether an account for which the impact analysis asks redundancy was built with it
#     RTS-26-2: gives the plan for the loss of a site or region something to switch to
#     RTS-24-1-b-ii-2: an objective of minutes for the loss of a region can only be met from a copy that is already there
#     GDPR-32-1-c: access to personal data can be restored while its first region is down
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
#         geo_location {
#           location          = "northeurope"
#           failover_priority = 1
#         }
#       }
#     bicep: |
#       resource account 'Microsoft.DocumentDB/databaseAccounts@2025-10-15' = {
#         // ...
#         properties: {
#           locations: [
#             { locationName: 'westeurope', failoverPriority: 0 }
#             { locationName: 'northeurope', failoverPriority: 1 }
#           ]
#         }
#       }
#     portal: Cosmos DB account > Settings > Replicate data globally
package azure.cosmos.second_region_configured

import data.lib.arm

_regions contains arm.region(location.locationName) if some location in input.resource.properties.locations

not_applicable contains "a second region is not required of this account" if data.parameters.cosmos_second_region_required == false

deny contains finding if {
	count(_regions) == 1
	finding := {
		"message": sprintf("all data is in %s", [concat(", ", _regions)]),
		"path": "resource.properties.locations",
		"actual": sort(_regions),
		"expected": "two regions",
	}
}

unknown contains "the account does not name its regions" if count(_regions) == 0
