package azure.estate.database_has_one_private_path_test

import data.azure.estate.database_has_one_private_path

_server(subnet, endpoints) := {
	"resource": {"properties": {"network": {"delegatedSubnetResourceId": subnet}}},
	"related": {"private_endpoints": {id: {"id": id} | some id in endpoints}},
}

_verdict(it) := [count(denied), count(unclear), count(aside)] if {
	denied := database_has_one_private_path.deny with input as it
	unclear := database_has_one_private_path.unknown with input as it
	aside := database_has_one_private_path.not_applicable with input as it
}

test_denies_both_ways if {
	some finding in database_has_one_private_path.deny with input as _server("/subnet", ["/b", "/a"])
	finding.path == "related.private_endpoints.*"
	finding.actual == ["/a", "/b"]
	finding.expected == "none"
	_verdict(_server("/subnet", ["/a"])) == [1, 0, 0]
}

test_passes_a_server_in_a_subnet if _verdict(_server("/subnet", [])) == [0, 0, 0]

test_ignores_servers_outside if {
	_verdict(_server("", ["/a"])) == [0, 0, 1]
	_verdict({"resource": {"properties": {}}, "related": {"private_endpoints": {}}}) == [0, 0, 1]
}

test_nothing_counted_is_unknown if _verdict({"resource": {"properties": {"network": {"delegatedSubnetResourceId": "/subnet"}}}}) == [0, 1, 0]
