package azure.cosmos.zone_failure_objective_met_test

import data.azure.cosmos.zone_failure_objective_met

unmeasured := {"failover_time_measured_minutes": 0}

one_region := [{"locationName": "West Europe", "failoverPriority": 0, "isZoneRedundant": false}]

two_regions := array.concat(one_region, [{"locationName": "North Europe", "failoverPriority": 1, "isZoneRedundant": true}])

account(locations, properties, rto, rpo) := {
	"resource": {"properties": object.union({"locations": locations}, properties)},
	"context": {"rto_minutes": rto, "rpo_minutes": rpo},
}

told(locations, properties, rto, rpo) := finding.actual if {
	some finding in zone_failure_objective_met.deny with input as account(locations, properties, rto, rpo) with data.parameters as unmeasured
	finding.path == "resource.properties.locations"
	contains(finding.message, "after the loss of a zone")
	count(zone_failure_objective_met.unknown) == 0 with input as account(locations, properties, rto, rpo) with data.parameters as unmeasured
}

passes(locations, properties, rto, rpo) if {
	count(zone_failure_objective_met.deny) == 0 with input as account(locations, properties, rto, rpo) with data.parameters as unmeasured
	count(zone_failure_objective_met.unknown) == 0 with input as account(locations, properties, rto, rpo) with data.parameters as unmeasured
}

automatic := {"enableAutomaticFailover": true}

writers := {"enableMultipleWriteLocations": true}

test_denies_one_region if {
	told(one_region, {}, 600, 600) == "nothing"
	told(one_region, automatic, 600, 600) == "nothing"
	told(one_region, writers, 600, 600) == "nothing"
}

test_message_names_the_rung if {
	some finding in zone_failure_objective_met.deny with input as account(one_region, {}, 60, 0) with data.parameters as unmeasured
	startswith(finding.message, "single zone: ")
}

test_denies_two_regions_without_failover if told(two_regions, {}, 600, 600) == "nothing"

test_one_region_twice_is_one if told(array.concat(one_region, one_region), automatic, 600, 600) == "nothing"

test_denies_the_loss_of_a_weak_consistency if {
	told(two_regions, automatic, 60, 5) == "regional failover (time 1 to 60 min, data loss 15 min)"
	told(two_regions, writers, 60, 5) == "active-active (time 0 min, data loss 15 min)"
}

test_bounded_staleness_counts_its_interval if {
	bounded := {"enableAutomaticFailover": true, "consistencyPolicy": {"defaultConsistencyLevel": "BoundedStaleness", "maxIntervalInSeconds": 600}}
	told(two_regions, bounded, 60, 9) == "regional failover (time 1 to 60 min, data loss 10 min)"
	passes(two_regions, bounded, 60, 10)
	least := {"enableAutomaticFailover": true, "consistencyPolicy": {"defaultConsistencyLevel": "BoundedStaleness"}}
	passes(two_regions, least, 60, 5)
}

test_passes_a_failover_by_the_service if {
	passes(two_regions, automatic, 60, 15)
	passes(two_regions, object.union(automatic, {"consistencyPolicy": {"defaultConsistencyLevel": "Strong"}}), 60, 0)
}

test_passes_several_writers if passes(two_regions, writers, 0, 15)

test_short_failover_has_to_be_measured if {
	count(zone_failure_objective_met.unknown) == 1 with input as account(two_regions, automatic, 30, 15) with data.parameters as unmeasured
	count(zone_failure_objective_met.deny) == 0 with input as account(two_regions, automatic, 30, 15) with data.parameters as unmeasured
	measured := object.union(unmeasured, {"failover_time_measured_minutes": 20})
	count(zone_failure_objective_met.unknown) == 0 with input as account(two_regions, automatic, 30, 15) with data.parameters as measured
	count(zone_failure_objective_met.deny) == 0 with input as account(two_regions, automatic, 30, 15) with data.parameters as measured
}

test_undeclared_objectives_are_unknown if {
	bare := object.remove(account(one_region, {}, 1, 1), ["context"])
	count(zone_failure_objective_met.unknown) == 2 with input as bare with data.parameters as unmeasured
	count(zone_failure_objective_met.deny) == 0 with input as bare with data.parameters as unmeasured
}

test_new_level_is_unknown if {
	new := account(one_region, {"consistencyPolicy": {"defaultConsistencyLevel": "Causal"}}, 1, 1)
	zone_failure_objective_met.unknown == {"the consistency level \"Causal\" is not known"} with input as new with data.parameters as unmeasured
	count(zone_failure_objective_met.deny) == 0 with input as new with data.parameters as unmeasured
}

test_account_without_regions_is_unknown if {
	zone_failure_objective_met.unknown == {"the account does not name its regions"} with input as account([], {}, 1, 1) with data.parameters as unmeasured
	count(zone_failure_objective_met.deny) == 0 with input as account([], {}, 1, 1) with data.parameters as unmeasured
}

test_zones_of_the_write_region_count if {
	zonal := [{"locationName": "West Europe", "failoverPriority": 0, "isZoneRedundant": true}]
	passes(zonal, {}, 0, 0)
	told([object.union(zonal[0], {"failoverPriority": 1})], {}, 0, 0) == "nothing"
}
