# METADATA
# title: A Cosmos DB account of a critical function does not stand in one data centre
# description: |
#   Judges accounts whose declared criticality marks a critical or important function. One region without zone redundancy keeps every
#   replica in one data centre, whose failure takes the function along. Two regions, or zones, avoid that; how soon the second region
#   takes over is the question of zone_failure_objective_met. An account without a declared criticality gives unknown
#   (recovery_objectives_declared says so).
# related_resources:
#   - ref: https://learn.microsoft.com/azure/reliability/reliability-cosmos-db-nosql
# custom:
#   check: HAO-SPOF-001
#   severity: high
#   resource: Microsoft.DocumentDB/databaseAccounts
#   reads:
#     - {path: resource.properties.locations, type: array}
#     - context.criticality
#   parameters:
#     critical_function_criticalities: {type: list, default: [critical], pattern: "^\\S.*$", meaning: values of criticality that mark what carries a critical or important function}
#   controls:
#     DORA-10-1: names a database account of a critical function that is a single point of failure
#     DORA-11-5: a database account on which a critical function hangs is a critical component, which has to be redundant
#     DORA-12-4: shows whether the database account has capacity left when one zone is gone
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
#     note: |
#       Zone redundancy is chosen when a region is added: add another region, move the writes, then remove the first and add it
#       again.
package azure.cosmos.critical_function_survives_zone_loss

import data.lib.arm

_regions contains arm.region(location.locationName) if some location in input.resource.properties.locations

_zonal if {
	some location in input.resource.properties.locations
	location.isZoneRedundant == true
}

not_applicable contains sprintf("the criticality %s marks no critical function", [input.context.criticality]) if {
	not arm.one_of(input.context.criticality, data.parameters.critical_function_criticalities)
}

_critical if arm.one_of(input.context.criticality, data.parameters.critical_function_criticalities)

deny contains finding if {
	_critical
	count(_regions) == 1
	not _zonal
	finding := {
		"message": sprintf("single zone: all data is in one data centre of %s, and a critical function hangs on it", [concat(", ", _regions)]),
		"path": "resource.properties.locations",
		"actual": sort(_regions),
		"expected": "a zone-redundant region, or a second region",
	}
}

unknown contains "the account does not name its regions" if count(_regions) == 0
