package azure.postgresql.zone_redundant_standby_healthy_test

import data.azure.postgresql.zone_redundant_standby_healthy

server(mode, state) := {"resource": {"properties": {"highAvailability": {"mode": mode, "state": state}}}}

# Fails with the state as the finding, and not as an unknown state.
fails(state) if {
	some f in zone_redundant_standby_healthy.deny with input as server("ZoneRedundant", state)
	f.path == "resource.properties.highAvailability.state"
	f.actual == state
	f.expected == "Healthy"
	contains(f.message, "no working standby now")
	count(zone_redundant_standby_healthy.unknown) == 0 with input as server("ZoneRedundant", state)
}

test_denies_not_enabled if fails("NotEnabled")

test_denies_creating if fails("CreatingStandby")

test_denies_replicating if fails("ReplicatingData")

test_denies_failing_over if fails("FailingOver")

test_denies_removing if fails("RemovingStandby")

test_denies_recreating if fails("recreatingstandby")

test_denies_updating_by_failover if fails("ComputeUpdatingByFailover")

test_passes_healthy if {
	count(zone_redundant_standby_healthy.deny) == 0 with input as server("zoneredundant", "HEALTHY")
	count(zone_redundant_standby_healthy.unknown) == 0 with input as server("zoneredundant", "HEALTHY")
	count(zone_redundant_standby_healthy.not_applicable) == 0 with input as server("zoneredundant", "HEALTHY")
}

test_missing_state_does_not_fail if {
	bare := {"resource": {"properties": {"highAvailability": {"mode": "ZoneRedundant"}}}}
	count(zone_redundant_standby_healthy.deny) == 0 with input as bare
	count(zone_redundant_standby_healthy.not_applicable) == 0 with input as bare
}

test_without_standby_is_not_judged if {
	some reason in zone_redundant_standby_healthy.not_applicable with input as server("Disabled", "NotEnabled")
	reason == "high availability is Disabled: there is no zone-redundant standby to judge"
	count(zone_redundant_standby_healthy.unknown) == 0 with input as server("Disabled", "NotEnabled")
}

test_same_zone_is_not_judged if {
	count(zone_redundant_standby_healthy.not_applicable) == 1 with input as server("samezone", "Healthy")
	count(zone_redundant_standby_healthy.unknown) == 0 with input as server("samezone", "Healthy")
}

test_missing_mode_is_disabled if {
	some reason in zone_redundant_standby_healthy.not_applicable with input as {"resource": {"properties": {}}}
	reason == "high availability is Disabled: there is no zone-redundant standby to judge"
}

test_new_mode_is_unknown if {
	zone_redundant_standby_healthy.unknown == {"the high availability mode \"RegionRedundant\" is not known"} with input as server("RegionRedundant", "Healthy")
	count(zone_redundant_standby_healthy.not_applicable) == 0 with input as server("RegionRedundant", "Healthy")
}

test_new_state_is_unknown if {
	zone_redundant_standby_healthy.unknown == {"the standby state \"Degraded\" is not known"} with input as server("ZoneRedundant", "Degraded")
	count(zone_redundant_standby_healthy.deny) == 0 with input as server("ZoneRedundant", "Degraded")
}
