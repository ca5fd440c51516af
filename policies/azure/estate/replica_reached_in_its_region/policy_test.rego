package azure.estate.replica_reached_in_its_region_test

import data.azure.estate.replica_reached_in_its_region

replica(access, subnet, endpoints) := {
	"resource": {"location": "North Europe", "properties": {"replicationRole": "GeoAsyncReplica", "network": {"publicNetworkAccess": access, "delegatedSubnetResourceId": subnet}}},
	"related": {"private_endpoints": {sprintf("/pe/%d", [i]): {"location": location} | some i, location in endpoints}},
}

test_denies_a_replica_that_nobody_reaches if {
	some f in replica_reached_in_its_region.deny with input as replica("disabled", "", [])
	f.path == "related.private_endpoints.*.location"
	f.actual == 0
	f.expected == "a private endpoint in North Europe"
	count(replica_reached_in_its_region.unknown) == 0 with input as replica("disabled", "", [])
	count(replica_reached_in_its_region.not_applicable) == 0 with input as replica("disabled", "", [])
}

test_denies_an_endpoint_in_the_other_region_only if {
	some f in replica_reached_in_its_region.deny with input as replica("Disabled", "", ["westeurope"])
	f.actual == 1
}

test_passes_an_endpoint_in_its_region if {
	good := replica("Disabled", "", ["westeurope", "northeurope"])
	count(replica_reached_in_its_region.deny) == 0 with input as good
	count(replica_reached_in_its_region.unknown) == 0 with input as good
	count(replica_reached_in_its_region.not_applicable) == 0 with input as good
}

test_passes_a_replica_in_a_subnet if {
	every access in ["Enabled", "Disabled"] {
		count(replica_reached_in_its_region.not_applicable) == 0 with input as replica(access, "/subnet", [])
		count(replica_reached_in_its_region.unknown) == 0 with input as replica(access, "/subnet", [])
		count(replica_reached_in_its_region.deny) == 0 with input as replica(access, "/subnet", [])
	}
}

test_public_replica_is_not_judged if {
	replica_reached_in_its_region.not_applicable == {"the replica is reachable from the internet, which is public_network_access_disabled's finding"} with input as replica("enabled", "", [])
	bare := {"resource": {"location": "northeurope", "properties": {"replicationRole": "Replica"}}, "related": {"private_endpoints": {}}}
	count(replica_reached_in_its_region.not_applicable) == 1 with input as bare
	count(replica_reached_in_its_region.deny) == 0 with input as bare
}

test_writer_is_not_judged if {
	writer := object.union(replica("Disabled", "", ["northeurope"]), {"resource": {"properties": {"replicationRole": "Primary"}}})
	replica_reached_in_its_region.not_applicable == {"the server is no replica"} with input as writer
}

test_new_values_are_unknown if {
	replica_reached_in_its_region.unknown == {"publicNetworkAccess is \"Perimeter\", which this policy does not know"} with input as replica("Perimeter", "", [])
	count(replica_reached_in_its_region.deny) == 0 with input as replica("Perimeter", "", [])
	new := object.union(replica("Disabled", "", ["northeurope"]), {"resource": {"properties": {"replicationRole": "CascadingReplica"}}})
	replica_reached_in_its_region.unknown == {"the replication role \"CascadingReplica\" is not known"} with input as new
}
