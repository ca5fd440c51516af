# METADATA
# title: Cosmos DB can keep its recovery objectives when a region is lost
# description: |
#   Compares the declared objectives (rto_minutes, rpo_minutes) with how the account typically comes back when the region that takes the
#   writes is lost: by a failover of the service to another region, by another region that takes writes, or by a restore of periodic
#   backups from the paired region. What may be lost follows from the consistency level. The figures are Microsoft's typical ones and no
#   service level; the library lists them with the pages they come from. A failover that people have to order is not counted: Microsoft
#   says that it does not work during an outage.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/reliability/reliability-cosmos-db-nosql
#   - ref: https://learn.microsoft.com/azure/cosmos-db/consistency-levels
# custom:
#   check: HAO-COS-002
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
#     - path: resource.properties.backupPolicy.type
#       type: string
#       absent: "Periodic: the default of an account that does not say otherwise"
#     - path: resource.properties.backupPolicy.periodicModeProperties.backupStorageRedundancy
#       type: string
#       absent: "Geo: the default of periodic backups"
#     - path: resource.properties.backupPolicy.periodicModeProperties.backupIntervalInMinutes
#       type: integer
#       absent: "240 minutes: the default of periodic backups"
#     - context.rto_minutes
#     - context.rpo_minutes
#   parameters:
#     failover_time_measured_minutes: {type: integer, default: 0, min: 0, max: 10080, meaning: minutes that the last tested failover to another region took; 0 when none was measured}
#     geo_restore_time_measured_minutes: {type: integer, default: 0, min: 0, max: 10080, meaning: minutes that the last tested restore in another region took; 0 when none was measured}
#     objectives_hold_for_region: {type: boolean, default: true, meaning: whether the declared recovery objectives hold for the loss of a whole region too}
#   controls:
#     DORA-12-6: compares the recovery objectives declared for the account with what it can typically do after the loss of a region
#     DORA-11-5: shows whether the account was built as the impact analysis, from which the objectives come, asks
#     DORA-12-4: names the spare capacity that the account has for the loss of a region, and what it is worth in minutes
#     RTS-24-1-b-ii-2: shows a account whose typical recovery after the loss of a region is slower than its objectives
#     RTS-26-1-c: tells whether the plan for the loss of a region has a way back that fits the objectives of the account
#     GDPR-32-1-c: shows how soon access to personal data in the account typically returns after the loss of a region
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
package azure.cosmos.region_failure_objective_met

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

default _backups := "Periodic"

_backups := input.resource.properties.backupPolicy.type

default _redundancy := "Geo"

_redundancy := input.resource.properties.backupPolicy.periodicModeProperties.backupStorageRedundancy

default _interval := 240

_interval := input.resource.properties.backupPolicy.periodicModeProperties.backupIntervalInMinutes

_ways contains resilience.losing(
	resilience.way("cosmos", "geo restore", data.parameters.geo_restore_time_measured_minutes),
	_interval,
) if {
	arm.same(_backups, "Periodic")
	arm.same(_redundancy, "Geo")
}

_backups_known if arm.same(_backups, "Continuous")

_backups_known if {
	arm.same(_backups, "Periodic")
	arm.one_of(_redundancy, ["Geo", "Local", "Zone"])
}

not_applicable contains "the recovery objectives are not declared for the loss of a region" if data.parameters.objectives_hold_for_region == false

_level_known if is_number(_loss)

_regions_known if count(_regions) > 0

deny contains finding if {
	_level_known
	_regions_known
	_backups_known
	resilience.missed(_ways, _rto, _rpo)
	finding := resilience.finding("region", _ways, _rto, _rpo, "resource.properties.locations")
}

unknown contains reason if some reason in resilience.undecided("region", _ways, _rto, _rpo)

unknown contains sprintf("the consistency level %q is not known", [_level]) if not _level_known

unknown contains "the account does not name its regions" if not _regions_known

unknown contains sprintf("backups of type %q with redundancy %q are not known", [_backups, _redundancy]) if not _backups_known
