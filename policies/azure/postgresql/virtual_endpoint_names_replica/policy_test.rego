package azure.postgresql.virtual_endpoint_names_replica_test

import data.azure.postgresql.virtual_endpoint_names_replica

server(role, endpoints, copies) := {
	"resource": {"location": "westeurope", "properties": {"replicationRole": role}},
	"children": {"virtualendpoints": endpoints},
	"related": {"replicas": copies},
}

copies := {"/a": {"name": "PG-NEU", "location": "North Europe"}, "/b": {"name": "pg-near", "location": "West Europe"}}

endpoint(type, members) := {"ve": {"properties": {"endpointType": type, "members": members}}}

test_denies_without_endpoint if {
	some f in virtual_endpoint_names_replica.deny with input as server("Primary", {}, copies)
	f.path == "children.virtualendpoints.*.properties.members"
	f.actual == []
	f.expected == "one of pg-neu"
	count(virtual_endpoint_names_replica.unknown) == 0 with input as server("Primary", {}, copies)
}

test_denies_an_endpoint_for_the_near_replica if {
	some f in virtual_endpoint_names_replica.deny with input as server("None", endpoint("readwrite", ["pg-weu", "pg-near"]), copies)
	f.actual == ["pg-near", "pg-weu"]
}

test_passes_an_endpoint_that_names_the_replica if {
	good := server("Primary", endpoint("ReadWrite", ["pg-weu", "pg-neu"]), copies)
	count(virtual_endpoint_names_replica.deny) == 0 with input as good
	count(virtual_endpoint_names_replica.unknown) == 0 with input as good
	count(virtual_endpoint_names_replica.not_applicable) == 0 with input as good
}

test_no_replica_elsewhere_is_not_judged if {
	near := object.filter(copies, ["/b"])
	virtual_endpoint_names_replica.not_applicable == {"the server has no replica in another region"} with input as server("Primary", {}, near)
	count(virtual_endpoint_names_replica.deny) == 0 with input as server("Primary", {}, near)
}

test_replica_is_not_judged if {
	some reason in virtual_endpoint_names_replica.not_applicable with input as server("GeoAsyncReplica", {}, {})
	reason == "the server is itself a read replica"
	count(virtual_endpoint_names_replica.unknown) == 0 with input as server("GeoAsyncReplica", {}, {})
}

test_new_type_is_unknown if {
	new := server("Primary", endpoint("ReadOnly", ["pg-neu"]), copies)
	virtual_endpoint_names_replica.unknown == {"the endpoint type \"ReadOnly\" is not known"} with input as new
	count(virtual_endpoint_names_replica.deny) == 0 with input as new
	near := server("Primary", endpoint("ReadOnly", ["pg-near"]), copies)
	count(virtual_endpoint_names_replica.deny) == 0 with input as near
	silent := server("Primary", {"ve": {"properties": {"members": ["pg-neu"]}}}, copies)
	virtual_endpoint_names_replica.unknown == {"the endpoint type \"\" is not known"} with input as silent
	count(virtual_endpoint_names_replica.deny) == 0 with input as silent
}

test_new_role_is_unknown if {
	virtual_endpoint_names_replica.unknown == {"the replication role \"CascadingReplica\" is not known"} with input as server("CascadingReplica", endpoint("ReadWrite", ["pg-neu"]), copies)
}
