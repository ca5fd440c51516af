package azure.postgresql.regional_replica_replicating_test

import data.azure.postgresql.regional_replica_replicating

server(role, state) := {"resource": {"properties": {"replicationRole": role, "replica": {"replicationState": state}}}}

test_denies_a_replica_that_is_not_fed if {
	every state in ["broken", "Provisioning", "Reconfiguring"] {
		some f in regional_replica_replicating.deny with input as server("GeoAsyncReplica", state)
		f.path == "resource.properties.replica.replicationState"
		f.actual == state
		f.expected == "Active"
		count(regional_replica_replicating.unknown) == 0 with input as server("GeoAsyncReplica", state)
	}
}

test_passes_an_active_replica if {
	every role in ["AsyncReplica", "geoasyncreplica"] {
		count(regional_replica_replicating.deny) == 0 with input as server(role, "active")
		count(regional_replica_replicating.unknown) == 0 with input as server(role, "active")
		count(regional_replica_replicating.not_applicable) == 0 with input as server(role, "active")
	}
}

test_passing_states_are_unknown if {
	every state in ["Catchup", "updating"] {
		regional_replica_replicating.unknown == {sprintf("the replica is %s, which passes or ends in another state", [state])} with input as server("AsyncReplica", state)
		count(regional_replica_replicating.deny) == 0 with input as server("AsyncReplica", state)
	}
}

test_writer_is_not_judged if {
	regional_replica_replicating.not_applicable == {"the server is no replica"} with input as {"resource": {"properties": {"replicationRole": "Primary"}}}
	count(regional_replica_replicating.unknown) == 0 with input as {"resource": {"properties": {"replicationRole": "Primary"}}}
}

test_missing_state_is_left_to_the_engine if {
	count(regional_replica_replicating.unknown) == 0 with input as {"resource": {"properties": {"replicationRole": "AsyncReplica"}}}
	count(regional_replica_replicating.deny) == 0 with input as {"resource": {"properties": {"replicationRole": "AsyncReplica"}}}
}

test_new_state_is_unknown if {
	regional_replica_replicating.unknown == {"the replication state \"Dreaming\" is not known"} with input as server("AsyncReplica", "Dreaming")
}

test_new_role_is_unknown if {
	regional_replica_replicating.unknown == {"the replication role \"CascadingReplica\" is not known"} with input as server("CascadingReplica", "Active")
}
