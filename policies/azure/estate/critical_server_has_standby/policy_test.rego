package azure.estate.critical_server_has_standby_test

import data.azure.estate.critical_server_has_standby

server(mode, role) := {
	"resource": {"properties": {"highAvailability": {"mode": mode}, "replicationRole": role}},
	"context": {"criticality": "Critical"},
}

critical := {"critical_function_criticalities": ["critical", "high"]}

test_other_criticality_is_not_judged if {
	minor := object.union(server("Disabled", "None"), {"context": {"criticality": "low"}})
	critical_server_has_standby.not_applicable == {"the criticality low marks no critical function"} with input as minor with data.parameters as critical
	count(critical_server_has_standby.deny) == 0 with input as minor with data.parameters as critical
}

test_undeclared_criticality_is_left_to_the_engine if {
	silent := object.remove(server("Disabled", "None"), ["context"])
	count(critical_server_has_standby.deny) == 0 with input as silent with data.parameters as critical
	count(critical_server_has_standby.not_applicable) == 0 with input as silent with data.parameters as critical
}

test_denies_one_zone if {
	every mode in ["disabled", "SameZone"] {
		some f in critical_server_has_standby.deny with input as server(mode, "Primary") with data.parameters as critical
		f.path == "resource.properties.highAvailability.mode"
		f.actual == mode
		f.expected == "ZoneRedundant"
		startswith(f.message, "single zone: ")
		count(critical_server_has_standby.unknown) == 0 with input as server(mode, "Primary") with data.parameters as critical
		count(critical_server_has_standby.not_applicable) == 0 with input as server(mode, "Primary") with data.parameters as critical
	}
}

test_passes_a_standby_elsewhere if {
	count(critical_server_has_standby.deny) == 0 with input as server("zoneredundant", "Source") with data.parameters as critical
	count(critical_server_has_standby.unknown) == 0 with input as server("zoneredundant", "Source") with data.parameters as critical
}

test_missing_mode_is_disabled if {
	bare := {"resource": {"properties": {"replicationRole": "None"}}, "context": {"criticality": "critical"}}
	count(critical_server_has_standby.deny) == 1 with input as bare with data.parameters as critical
}

test_replica_is_not_judged if {
	critical_server_has_standby.not_applicable == {"a read replica cannot have a standby"} with input as server("Disabled", "Replica") with data.parameters as critical
	count(critical_server_has_standby.unknown) == 0 with input as server("Disabled", "Replica") with data.parameters as critical
}

test_new_values_are_unknown if {
	critical_server_has_standby.unknown == {"the high availability mode \"RegionRedundant\" is not known"} with input as server("RegionRedundant", "None") with data.parameters as critical
	count(critical_server_has_standby.deny) == 0 with input as server("RegionRedundant", "None") with data.parameters as critical
	critical_server_has_standby.unknown == {"the replication role \"CascadingReplica\" is not known"} with input as server("ZoneRedundant", "CascadingReplica") with data.parameters as critical
}
