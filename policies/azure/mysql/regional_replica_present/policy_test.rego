package azure.mysql.regional_replica_present_test

import data.azure.mysql.regional_replica_present

server(role, locations) := {
	"resource": {"location": "West Europe", "properties": {"replicationRole": role}},
	"related": {"replicas": {sprintf("/replica/%d", [i]): {"location": location} | some i, location in locations}},
}

required := {"regional_copy_required": true}

test_denies_a_server_without_replica if {
	some f in regional_replica_present.deny with input as server("Primary", []) with data.parameters as required
	f.path == "related.replicas.*.location"
	f.actual == "no replica"
	f.expected == "a replica in another region"
	f.message == "single region: the server in West Europe has no replica"
	count(regional_replica_present.unknown) == 0 with input as server("Primary", []) with data.parameters as required
}

test_denies_replicas_in_the_same_region if {
	some f in regional_replica_present.deny with input as server("None", ["westeurope", "West Europe"]) with data.parameters as required
	f.actual == "replicas in West Europe, westeurope"
}

test_passes_one_elsewhere if {
	copied := server("Primary", ["westeurope", "northeurope"])
	count(regional_replica_present.deny) == 0 with input as copied with data.parameters as required
	count(regional_replica_present.unknown) == 0 with input as copied with data.parameters as required
	count(regional_replica_present.not_applicable) == 0 with input as copied with data.parameters as required
}

test_not_required_is_not_judged if {
	regional_replica_present.not_applicable == {"a copy in another region is not required of this server"} with input as server("None", []) with data.parameters as {"regional_copy_required": false}
}

test_replica_is_not_judged if {
	regional_replica_present.not_applicable == {"the server is itself a read replica"} with input as server("Replica", []) with data.parameters as required
	count(regional_replica_present.unknown) == 0 with input as server("Replica", []) with data.parameters as required
}

test_new_role_is_unknown if {
	regional_replica_present.unknown == {"the replication role \"CascadingReplica\" is not known"} with input as server("CascadingReplica", ["northeurope"]) with data.parameters as required
}
