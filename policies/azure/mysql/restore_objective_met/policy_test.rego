package azure.mysql.restore_objective_met_test

import data.azure.mysql.restore_objective_met

server(mode, role, rto, rpo) := {
	"resource": {"properties": {"highAvailability": {"mode": mode}, "replicationRole": role}},
	"context": {"rto_minutes": rto, "rpo_minutes": rpo},
}

unmeasured := {"restore_time_measured_minutes": 0}

test_denies_less_loss_than_backups_allow if {
	bare := server("disabled", "None", 1000, 4)
	some f in restore_objective_met.deny with input as bare with data.parameters as unmeasured
	f.path == "resource.properties.highAvailability.mode"
	f.actual == "restore (time over 2 min, data loss 5 min)"
	f.expected == "back within 1000 min, at most 4 min of data lost"
	startswith(f.message, "backups only: back after a fault of the server by ")
	count(restore_objective_met.unknown) == 0 with input as bare with data.parameters as unmeasured
}

test_denies_a_measured_restore_that_is_too_slow if {
	count(restore_objective_met.deny) == 1 with input as server("Disabled", "None", 60, 5) with data.parameters as {"restore_time_measured_minutes": 61}
}

test_passes_a_measured_restore if {
	fast := {"restore_time_measured_minutes": 60}
	count(restore_objective_met.deny) == 0 with input as server("Disabled", "None", 60, 5) with data.parameters as fast
	count(restore_objective_met.unknown) == 0 with input as server("Disabled", "None", 60, 5) with data.parameters as fast
	count(restore_objective_met.not_applicable) == 0 with input as server("Disabled", "None", 60, 5) with data.parameters as fast
}

test_unmeasured_restore_is_unknown if {
	some reason in restore_objective_met.unknown with input as server("Disabled", "None", 60, 5) with data.parameters as unmeasured
	startswith(reason, "backups only: ")
	count(restore_objective_met.deny) == 0 with input as server("Disabled", "None", 60, 5) with data.parameters as unmeasured
}

test_undeclared_objectives_are_unknown if {
	bare := object.remove(server("Disabled", "None", 60, 5), ["context"])
	count(restore_objective_met.unknown) == 2 with input as bare with data.parameters as unmeasured
	count(restore_objective_met.deny) == 0 with input as bare with data.parameters as unmeasured
}

test_missing_mode_is_left_to_the_engine if {
	bare := {"resource": {"properties": {"replicationRole": "None"}}, "context": {"rto_minutes": 60, "rpo_minutes": 0}}
	count(restore_objective_met.deny) == 0 with input as bare with data.parameters as unmeasured
	count(restore_objective_met.unknown) == 0 with input as bare with data.parameters as unmeasured
}

test_standby_is_not_judged if {
	every mode in ["ZoneRedundant", "samezone"] {
		some reason in restore_objective_met.not_applicable with input as server(mode, "None", 60, 0) with data.parameters as unmeasured
		reason == sprintf("a standby protects the server besides its backups: high availability is %s", [mode])
		count(restore_objective_met.deny) == 0 with input as server(mode, "None", 60, 0) with data.parameters as unmeasured
		count(restore_objective_met.unknown) == 0 with input as server(mode, "None", 60, 0) with data.parameters as unmeasured
	}
}

test_replica_is_not_judged if {
	restore_objective_met.not_applicable == {"a read replica is a way back of its source, and keeps no backups"} with input as server("Disabled", "Replica", 60, 0) with data.parameters as unmeasured
	count(restore_objective_met.unknown) == 0 with input as server("Disabled", "Replica", 60, 0) with data.parameters as unmeasured
}

test_new_mode_is_unknown if {
	restore_objective_met.unknown == {"the high availability mode \"RegionRedundant\" is not known"} with input as server("RegionRedundant", "None", 60, 0) with data.parameters as unmeasured
	count(restore_objective_met.deny) == 0 with input as server("RegionRedundant", "None", 60, 0) with data.parameters as unmeasured
}

test_new_role_is_unknown if {
	some reason in restore_objective_met.unknown with input as server("Disabled", "CascadingReplica", 60, 0) with data.parameters as unmeasured
	reason == "the replication role \"CascadingReplica\" is not known"
}
