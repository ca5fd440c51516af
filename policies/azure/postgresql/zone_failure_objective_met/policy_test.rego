package azure.postgresql.zone_failure_objective_met_test

import data.azure.postgresql.zone_failure_objective_met

server(mode, geo, rto, rpo) := {
	"resource": {"location": "westeurope", "properties": {
		"highAvailability": {"mode": mode},
		"backup": {"geoRedundantBackup": geo},
		"replicationRole": "Primary",
	}},
	"context": {"rto_minutes": rto, "rpo_minutes": rpo},
}

unmeasured := {"restore_time_measured_minutes": 0, "geo_restore_time_measured_minutes": 0}

test_denies_a_single_zone if {
	every mode in ["disabled", "SameZone"] {
		in_one := server(mode, "Disabled", 2, 0)
		some f in zone_failure_objective_met.deny with input as in_one with data.parameters as unmeasured
		f.path == "resource.properties.highAvailability.mode"
		f.actual == "restore (time 2 to 720 min, data loss 5 min)"
		f.expected == "back within 2 min, at most 0 min of data lost"
		startswith(f.message, "single zone: back after the loss of a zone by restore (time 2 to 720 min, data loss 5 min)")
		count(zone_failure_objective_met.unknown) == 0 with input as in_one with data.parameters as unmeasured
	}
}

test_denies_when_only_backups_elsewhere_are_left if {
	some f in zone_failure_objective_met.deny with input as server("Disabled", "enabled", 2, 60) with data.parameters as unmeasured
	f.actual == "geo restore (time over 60 min, data loss 60 min); restore (time 2 to 720 min, data loss 5 min)"
}

test_passes_a_standby_in_another_zone if {
	standby := server("zoneredundant", "Disabled", 2, 0)
	count(zone_failure_objective_met.deny) == 0 with input as standby with data.parameters as unmeasured
	count(zone_failure_objective_met.unknown) == 0 with input as standby with data.parameters as unmeasured
	count(zone_failure_objective_met.not_applicable) == 0 with input as standby with data.parameters as unmeasured
}

test_denies_an_objective_below_the_standby if {
	some f in zone_failure_objective_met.deny with input as server("ZoneRedundant", "Disabled", 1, 0) with data.parameters as unmeasured
	startswith(f.message, "zone redundant: ")
}

test_geo_restore_has_to_be_measured if {
	slow := server("Disabled", "Enabled", 600, 60)
	count(zone_failure_objective_met.deny) == 0 with input as slow with data.parameters as unmeasured
	count(zone_failure_objective_met.unknown) == 1 with input as slow with data.parameters as unmeasured
	measured := object.union(unmeasured, {"geo_restore_time_measured_minutes": 240})
	count(zone_failure_objective_met.unknown) == 0 with input as slow with data.parameters as measured
	count(zone_failure_objective_met.deny) == 0 with input as slow with data.parameters as measured
	late := object.union(unmeasured, {"geo_restore_time_measured_minutes": 700})
	count(zone_failure_objective_met.unknown) == 1 with input as slow with data.parameters as late
}

test_undeclared_objectives_are_unknown if {
	bare := json_without_context
	count(zone_failure_objective_met.deny) == 0 with input as bare with data.parameters as unmeasured
	zone_failure_objective_met.unknown == {"rto_minutes is not declared in whole minutes", "rpo_minutes is not declared in whole minutes"} with input as bare with data.parameters as unmeasured
}

json_without_context := object.remove(server("Disabled", "Disabled", 2, 0), ["context"])

test_missing_settings_are_off if {
	bare := {"resource": {"location": "westeurope", "properties": {"replicationRole": "None"}}, "context": {"rto_minutes": 2, "rpo_minutes": 0}}
	some f in zone_failure_objective_met.deny with input as bare with data.parameters as unmeasured
	f.actual == "restore (time 2 to 720 min, data loss 5 min)"
}

test_replica_is_not_judged if {
	replica := {"resource": {"location": "westeurope", "properties": {"replicationRole": "AsyncReplica"}}, "context": {"rto_minutes": 2, "rpo_minutes": 0}}
	zone_failure_objective_met.not_applicable == {"a read replica is a way back of its source, and has none of its own"} with input as replica with data.parameters as unmeasured
	count(zone_failure_objective_met.unknown) == 0 with input as replica with data.parameters as unmeasured
}

test_new_mode_is_unknown if {
	zone_failure_objective_met.unknown == {"the high availability mode \"RegionRedundant\" is not known"} with input as server("RegionRedundant", "Disabled", 2, 0) with data.parameters as unmeasured
	count(zone_failure_objective_met.deny) == 0 with input as server("RegionRedundant", "Disabled", 2, 0) with data.parameters as unmeasured
}

test_new_backup_setting_is_unknown if {
	zone_failure_objective_met.unknown == {"the geo-redundant backup setting \"Vaulted\" is not known"} with input as server("Disabled", "Vaulted", 2, 0) with data.parameters as unmeasured
	count(zone_failure_objective_met.deny) == 0 with input as server("Disabled", "Vaulted", 2, 0) with data.parameters as unmeasured
}

test_new_role_is_unknown if {
	new := {"resource": {"location": "westeurope", "properties": {"highAvailability": {"mode": "ZoneRedundant"}, "replicationRole": "CascadingReplica"}}, "context": {"rto_minutes": 2, "rpo_minutes": 0}}
	zone_failure_objective_met.unknown == {"the replication role \"CascadingReplica\" is not known"} with input as new with data.parameters as unmeasured
}

test_restore_needs_a_region_with_zones if {
	elsewhere := object.union(server("Disabled", "Disabled", 2, 0), {"resource": {"location": "westus"}})
	some f in zone_failure_objective_met.deny with input as elsewhere with data.parameters as unmeasured
	f.actual == "nothing"
}

test_new_region_may_have_zones if {
	elsewhere := object.union(server("Disabled", "Disabled", 60, 5), {"resource": {"location": "atlantis"}})
	count(zone_failure_objective_met.unknown) == 1 with input as elsewhere with data.parameters as unmeasured
	count(zone_failure_objective_met.deny) == 0 with input as elsewhere with data.parameters as unmeasured
}

test_restore_has_to_be_measured if {
	count(zone_failure_objective_met.unknown) == 1 with input as server("Disabled", "Disabled", 60, 5) with data.parameters as unmeasured
	count(zone_failure_objective_met.deny) == 0 with input as server("Disabled", "Disabled", 60, 5) with data.parameters as unmeasured
	measured := object.union(unmeasured, {"restore_time_measured_minutes": 30})
	count(zone_failure_objective_met.unknown) == 0 with input as server("Disabled", "Disabled", 60, 5) with data.parameters as measured
	count(zone_failure_objective_met.deny) == 0 with input as server("Disabled", "Disabled", 60, 5) with data.parameters as measured
}
