# METADATA
# title: Every region of Cosmos DB survives the loss of a zone
# description: |
#   A region without zone redundancy keeps all its replicas in one data centre, whose failure takes the region out of the account. The
#   setting is chosen when a region is added: to change it, add another region, move the writes, remove the region and add it again. Regions
#   without zones cannot offer it; there the finding stands, or the parameter says that zones are not needed.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/reliability/reliability-cosmos-db-nosql
# custom:
#   check: COS-ZR-001
#   severity: high
#   resource: Microsoft.DocumentDB/databaseAccounts
#   reads:
#     - {path: resource.properties.locations, type: array}
#   parameters:
#     zone_redundancy_required: {type: boolean, default: true, meaning: whether the database must survive the loss of an availability zone}
#   controls:
#     DORA-12-4: the copies in other zones are the spare capacity that takes over when one zone is lost
#     DORA-11-5: shows whether a account for which the impact analysis asks redundancy was built with it
#     DORA-9-2: keeps the data available through the failure of one data centre
#     RTS-26-1-c: gives the recovery plan a failover inside the region instead of a restore
#     GDPR-32-1-b: adds resilience to the processing of the personal data held here
#   remediation:
#     az: |
#       az cosmosdb update --resource-group RESOURCE_GROUP --name ACCOUNT \
#         --locations regionName=westeurope failoverPriority=0 isZoneRedundant=True
#     terraform: |
#       resource "azurerm_cosmosdb_account" "example" {
#         # ...
#         geo_location {
#           location          = "westeurope"
#           failover_priority = 0
#           zone_redundant    = true
#         }
#       }
#     bicep: |
#       resource account 'Microsoft.DocumentDB/databaseAccounts@2025-10-15' = {
#         // ...
#         properties: {
#           locations: [
#             { locationName: 'westeurope', failoverPriority: 0, isZoneRedundant: true }
#           ]
#         }
#       }
#     portal: Cosmos DB account > Settings > Replicate data globally > Availability zone
package azure.cosmos.zone_redundant

not_applicable contains "zone redundancy is not required of this account" if data.parameters.zone_redundancy_required == false

deny contains finding if {
	some location in input.resource.properties.locations
	_zone_redundant(location) == false
	finding := {
		"message": sprintf("%s stands in one zone", [location.locationName]),
		"path": "resource.properties.locations",
		"actual": location.locationName,
		"expected": "isZoneRedundant: true",
	}
}

unknown contains "the account names no region" if count(input.resource.properties.locations) == 0

unknown contains "a region does not say clearly whether it is zone redundant" if {
	some location in input.resource.properties.locations
	not _clear(location)
}

_clear(location) if {
	is_string(location.locationName)
	is_boolean(_zone_redundant(location))
}

_zone_redundant(location) := object.get(location, "isZoneRedundant", false)
