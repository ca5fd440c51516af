package azure.search.replicas_for_indexing_test

import data.azure.search.replicas_for_indexing

_resource(replicas) := {"resource": {"properties": {"replicaCount": replicas}}}

test_denies_too_few if {
	some finding in replicas_for_indexing.deny with input as _resource(2) with data.parameters as {"search_index_replicas_min": 3}
	finding.path == "resource.properties.replicaCount"
	finding.actual == 2
	finding.expected == 3
}

test_passes_the_number if {
	count(replicas_for_indexing.deny) == 0 with input as _resource(3) with data.parameters as {"search_index_replicas_min": 3}
	count(replicas_for_indexing.deny) == 1 with input as _resource(3) with data.parameters as {"search_index_replicas_min": 4}
}

test_absent_is_one if {
	some finding in replicas_for_indexing.deny with input as {"resource": {"properties": {}}} with data.parameters as {"search_index_replicas_min": 3}
	finding.actual == 1
}
