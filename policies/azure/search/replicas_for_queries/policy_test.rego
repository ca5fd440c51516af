package azure.search.replicas_for_queries_test

import data.azure.search.replicas_for_queries

_resource(replicas) := {"resource": {"properties": {"replicaCount": replicas}}}

test_denies_too_few if {
	some finding in replicas_for_queries.deny with input as _resource(1) with data.parameters as {"search_query_replicas_min": 2}
	finding.path == "resource.properties.replicaCount"
	finding.actual == 1
	finding.expected == 2
}

test_passes_the_number if {
	count(replicas_for_queries.deny) == 0 with input as _resource(2) with data.parameters as {"search_query_replicas_min": 2}
	count(replicas_for_queries.deny) == 1 with input as _resource(2) with data.parameters as {"search_query_replicas_min": 3}
}

test_absent_is_one if {
	some finding in replicas_for_queries.deny with input as {"resource": {"properties": {}}} with data.parameters as {"search_query_replicas_min": 2}
	finding.actual == 1
}
