package azure.log_analytics.dedicated_cluster_linked_test

import data.azure.log_analytics.dedicated_cluster_linked

_with(value) := {"resource": {"properties": {"features": {"clusterResourceId": value}}}}

_required := {"customer_managed_key_required": true}

test_denies_an_empty_value if {
	some finding in dedicated_cluster_linked.deny with input as _with("") with data.parameters as _required
	finding.path == "resource.properties.features.clusterResourceId"
	finding.actual == "absent"
	finding.expected == "the id of a cluster"
}

test_denies_a_missing_value if {
	some finding in dedicated_cluster_linked.deny with input as {"resource": {"properties": {}}} with data.parameters as _required
	finding.path == "resource.properties.features.clusterResourceId"
	finding.actual == "absent"
	finding.expected == "the id of a cluster"
}

test_passes_a_value if {
	count(dedicated_cluster_linked.deny) == 0 with input as _with("x") with data.parameters as _required
	count(dedicated_cluster_linked.not_applicable) == 0 with input as _with("x") with data.parameters as _required
}

test_ignores_data_that_needs_no_such_setting if {
	count(dedicated_cluster_linked.not_applicable) == 1 with input as _with("") with data.parameters as {"customer_managed_key_required": false}
}
