# METADATA
# title: Cosmos DB can keep its recovery objectives when a zone is lost
# description: |
#   Compares the declared objectives (rto_minutes, rpo_minutes) with how the account typically comes back when a zone of the region that
#   takes the writes is lost: by zone redundancy, by a failover of the service to another region, by another region that takes writes.
#   What may be lost follows from the consistency level. The figures are Microsoft's typical ones and no service level; the library
#   lists them with the pages they come from. A failover that people have to order is not counted: Microsoft says that it does not work
#   during an outage.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/reliability/reliability-cosmos-db-nosql
#   - ref: https://learn.microsoft.com/azure/cosmos-db/consistency-levels
# custom:
#   check: HAO-COS-001
#   severity: high
#   resource: Microsoft.DocumentDB/databaseAccounts
#   reads:
#     - {path: resource.properties.locations, type: array}
#     - path: resource.properties.enableAutomaticFailover
#       type: boolean
#       absent: "off: the default of an account that does not say otherwise"
#     - path: resource.properties.enableMultipleWriteLocations
#       type: boolean
#       absent: "off: one region takes the writes"
#     - path: resource.properties.consistencyPolicy.defaultConsistencyLevel
#       type: string
#       absent: "Session: the default of an account that does not say otherwise"
#     - path: resource.properties.consistencyPolicy.maxIntervalInSeconds
#       type: integer
#       absent: "300 seconds: the least of an account with several regions and bounded staleness"
#     - context.rto_minutes
#     - context.rpo_minutes
#   parameters:
#     failover_time_measured_minutes: {type: integer, default: 0, min: 0, max: 10080, meaning: minutes that the last tested failover to another region took; 0 when none was measured}
#   controls:
#     DORA-12-6: compares the recovery objectives declared for the account with what it can typically do after the loss of a zone
#     DORA-11-5: shows whether the account was built as the impact analysis, from which the objectives come, asks
#     DORA-12-4: names the spare capacity that the account has for the loss of a zone, and what it is worth in minutes
#     RTS-24-1-b-ii-2: shows a account whose typical recovery after the loss of a zone is slower than its objectives
#     RTS-26-1-c: tells whether the plan for the loss of a zone has a way back that fits the objectives of the account
#     GDPR-32-1-c: shows how soon access to personal data in the account typically returns after the loss of a zone
#   remediation:
#     az: |
#       az cosmosdb update --resource-group RESOURCE_GROUP --name ACCOUNT --enable-automatic-failover true \
#         --locations regionName=westeurope failoverPriority=0 isZoneRedundant=True \
#         --locations regionName=northeurope failoverPriority=1 isZoneRedundant=True
#     terraform: |
#       resource "azurerm_cosmosdb_account" "example" {
#         # ...
#         automatic_failover_enabled = true
#         geo_location {
#           location          = "westeurope"
#           failover_priority = 0
#           zone_redundant    = true
#         }
#         geo_location {
#           location          = "northeurope"
#           failover_priority = 1
#           zone_redundant    = true
#         }
#       }
#     bicep: |
#       resource account 'Microsoft.DocumentDB/databaseAccounts@2025-10-15' = {
#         // ...
#         properties: {
#           enableAutomaticFailover: true
#           locations: [
#             { locationName: 'westeurope', failoverPriority: 0, isZoneRedundant: true }
#             { locationName: 'northeurope', failoverPriority: 1, isZoneRedundant: true }
#           ]
#         }
#       }
#     note: |
#       Zone redundancy is chosen when a region is added to the account.
package azure.cosmos.zone_failure_objective_met

import data.lib.arm
import data.lib.resilience

default _automatic := false

_automatic := input.resource.properties.enableAutomaticFailover

default _many_writers := false

_many_writers := input.resource.properties.enableMultipleWriteLocations

default _level := "Session"

_level := input.resource.properties.consistencyPolicy.defaultConsistencyLevel

default _interval_seconds := 300

_interval_seconds := input.resource.properties.consistencyPolicy.maxIntervalInSeconds

_loss := resilience.cosmos_loss(_level, _interval_seconds)

_regions contains arm.region(location.locationName) if some location in input.resource.properties.locations

default _rto := null

_rto := input.context.rto_minutes

default _rpo := null

_rpo := input.context.rpo_minutes

_ways contains resilience.losing(resilience.way("cosmos", "active-active", 0), _loss) if {
	count(_regions) > 1
	_many_writers
}

_ways contains resilience.losing(
	resilience.way("cosmos", "regional failover", data.parameters.failover_time_measured_minutes),
	_loss,
) if {
	count(_regions) > 1
	_automatic
}

_ways contains resilience.way("cosmos", "zone redundant", 0) if {
	some location in input.resource.properties.locations
	location.failoverPriority == 0
	location.isZoneRedundant == true
}

_level_known if is_number(_loss)

_regions_known if count(_regions) > 0

deny contains finding if {
	_level_known
	_regions_known
	resilience.missed(_ways, _rto, _rpo)
	finding := resilience.finding("zone", _ways, _rto, _rpo, "resource.properties.locations")
}

unknown contains reason if some reason in resilience.undecided("zone", _ways, _rto, _rpo)

unknown contains sprintf("the consistency level %q is not known", [_level]) if not _level_known

unknown contains "the account does not name its regions" if not _regions_known
