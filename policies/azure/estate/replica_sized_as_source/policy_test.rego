package azure.estate.replica_sized_as_source_test

import data.azure.estate.replica_sized_as_source

replica(size, storage) := {
	"resource": {"sku": {"name": size}, "properties": {"replicationRole": "Replica", "storage": {"storageSizeGB": storage}}},
	"related": {"source_server": {"sku": {"name": "Standard_D4ds_v5"}, "properties": {"storage": {"storageSizeGB": 128}}}},
}

test_denies_another_size if {
	some f in replica_sized_as_source.deny with input as replica("Standard_D2ds_v5", 128)
	f.path == "resource.sku.name"
	f.actual == "Standard_D2ds_v5"
	f.expected == "Standard_D4ds_v5"
	count(replica_sized_as_source.deny) == 1 with input as replica("Standard_D2ds_v5", 128)
}

test_denies_less_storage if {
	some f in replica_sized_as_source.deny with input as replica("standard_d4ds_v5", 127)
	f.path == "resource.properties.storage.storageSizeGB"
	f.actual == 127
	f.expected == 128
	count(replica_sized_as_source.deny) == 1 with input as replica("standard_d4ds_v5", 127)
}

test_passes_the_same if {
	every storage in [128, 256] {
		count(replica_sized_as_source.deny) == 0 with input as replica("Standard_D4ds_v5", storage)
		count(replica_sized_as_source.unknown) == 0 with input as replica("Standard_D4ds_v5", storage)
		count(replica_sized_as_source.not_applicable) == 0 with input as replica("Standard_D4ds_v5", storage)
	}
}

test_writer_is_not_judged if {
	writer := object.union(replica("Standard_D4ds_v5", 128), {"resource": {"properties": {"replicationRole": "Primary"}}})
	replica_sized_as_source.not_applicable == {"the server is no replica"} with input as writer
	count(replica_sized_as_source.unknown) == 0 with input as writer
}

test_new_role_is_unknown if {
	new := object.union(replica("Standard_D4ds_v5", 128), {"resource": {"properties": {"replicationRole": "CascadingReplica"}}})
	replica_sized_as_source.unknown == {"the replication role \"CascadingReplica\" is not known"} with input as new
}
