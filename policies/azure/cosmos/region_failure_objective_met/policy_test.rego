package azure.cosmos.region_failure_objective_met_test

import data.azure.cosmos.region_failure_objective_met

unmeasured := {"failover_time_measured_minutes": 0, "geo_restore_time_measured_minutes": 0, "objectives_hold_for_region": true}

one_region := [{"locationName": "West Europe", "failoverPriority": 0, "isZoneRedundant": false}]

two_regions := array.concat(one_region, [{"locationName": "North Europe", "failoverPriority": 1, "isZoneRedundant": true}])

account(locations, properties, rto, rpo) := {
	"resource": {"properties": object.union({"backupPolicy": {"type": "Continuous"}, "locations": locations}, properties)},
	"context": {"rto_minutes": rto, "rpo_minutes": rpo},
}

told(locations, properties, rto, rpo) := finding.actual if {
	some finding in region_failure_objective_met.deny with input as account(locations, properties, rto, rpo) with data.parameters as unmeasured
	finding.path == "resource.properties.locations"
	contains(finding.message, "after the loss of a region")
	count(region_failure_objective_met.unknown) == 0 with input as account(locations, properties, rto, rpo) with data.parameters as unmeasured
}

passes(locations, properties, rto, rpo) if {
	count(region_failure_objective_met.deny) == 0 with input as account(locations, properties, rto, rpo) with data.parameters as unmeasured
	count(region_failure_objective_met.unknown) == 0 with input as account(locations, properties, rto, rpo) with data.parameters as unmeasured
	count(region_failure_objective_met.not_applicable) == 0 with input as account(locations, properties, rto, rpo) with data.parameters as unmeasured
}

automatic := {"enableAutomaticFailover": true}

writers := {"enableMultipleWriteLocations": true}

test_denies_one_region if {
	told(one_region, {}, 600, 600) == "nothing"
	told(one_region, automatic, 600, 600) == "nothing"
	told(one_region, writers, 600, 600) == "nothing"
}

test_message_names_the_rung if {
	some finding in region_failure_objective_met.deny with input as account(one_region, {}, 60, 0) with data.parameters as unmeasured
	startswith(finding.message, "single region: ")
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
	count(region_failure_objective_met.unknown) == 1 with input as account(two_regions, automatic, 30, 15) with data.parameters as unmeasured
	count(region_failure_objective_met.deny) == 0 with input as account(two_regions, automatic, 30, 15) with data.parameters as unmeasured
	measured := object.union(unmeasured, {"failover_time_measured_minutes": 20})
	count(region_failure_objective_met.unknown) == 0 with input as account(two_regions, automatic, 30, 15) with data.parameters as measured
	count(region_failure_objective_met.deny) == 0 with input as account(two_regions, automatic, 30, 15) with data.parameters as measured
}

test_undeclared_objectives_are_unknown if {
	bare := object.remove(account(one_region, {}, 1, 1), ["context"])
	count(region_failure_objective_met.unknown) == 2 with input as bare with data.parameters as unmeasured
	count(region_failure_objective_met.deny) == 0 with input as bare with data.parameters as unmeasured
}

test_new_level_is_unknown if {
	new := account(one_region, {"consistencyPolicy": {"defaultConsistencyLevel": "Causal"}}, 1, 1)
	region_failure_objective_met.unknown == {"the consistency level \"Causal\" is not known"} with input as new with data.parameters as unmeasured
	count(region_failure_objective_met.deny) == 0 with input as new with data.parameters as unmeasured
}

test_account_without_regions_is_unknown if {
	region_failure_objective_met.unknown == {"the account does not name its regions"} with input as account([], {}, 1, 1) with data.parameters as unmeasured
	count(region_failure_objective_met.deny) == 0 with input as account([], {}, 1, 1) with data.parameters as unmeasured
}

test_objectives_for_zones_only_are_not_judged if {
	other := object.union(unmeasured, {"objectives_hold_for_region": false})
	region_failure_objective_met.not_applicable == {"the recovery objectives are not declared for the loss of a region"} with input as account(one_region, {}, 1, 1) with data.parameters as other
}

periodic(redundancy, interval) := {"backupPolicy": {"type": "periodic", "periodicModeProperties": {"backupStorageRedundancy": redundancy, "backupIntervalInMinutes": interval}}}

test_backups_in_the_paired_region_count if {
	told(one_region, periodic("geo", 120), 600, 119) == "geo restore (time over 60 min, data loss 120 min)"
	told(one_region, periodic("Zone", 120), 600, 600) == "nothing"
	told(one_region, periodic("Local", 120), 600, 600) == "nothing"
	measured := object.union(unmeasured, {"geo_restore_time_measured_minutes": 300})
	fits := account(one_region, periodic("Geo", 120), 600, 120)
	count(region_failure_objective_met.unknown) == 1 with input as fits with data.parameters as unmeasured
	count(region_failure_objective_met.unknown) == 0 with input as fits with data.parameters as measured
	count(region_failure_objective_met.deny) == 0 with input as fits with data.parameters as measured
}

test_missing_backup_policy_is_periodic if {
	bare := {"resource": {"properties": {"locations": one_region}}, "context": {"rto_minutes": 600, "rpo_minutes": 239}}
	some finding in region_failure_objective_met.deny with input as bare with data.parameters as unmeasured
	finding.actual == "geo restore (time over 60 min, data loss 240 min)"
}

test_new_backups_are_unknown if {
	new := account(one_region, periodic("Orbit", 120), 1, 1)
	region_failure_objective_met.unknown == {"backups of type \"periodic\" with redundancy \"Orbit\" are not known"} with input as new with data.parameters as unmeasured
	count(region_failure_objective_met.deny) == 0 with input as new with data.parameters as unmeasured
	vaulted := account(one_region, {"backupPolicy": {"type": "Vaulted"}}, 1, 1)
	count(region_failure_objective_met.unknown) == 1 with input as vaulted with data.parameters as unmeasured
	count(region_failure_objective_met.deny) == 0 with input as vaulted with data.parameters as unmeasured
}
