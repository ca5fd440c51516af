package azure.log_analytics.cluster_replica_location_allowed_test

import data.azure.log_analytics.cluster_replica_location_allowed

_it(location) := {"resource": {"properties": {"replication": {"location": location}}}}

_allowed := {"regions_allowed": ["westeurope", "northeurope"]}

_verdict(it) := [count(denied), count(unclear), count(aside)] if {
	denied := cluster_replica_location_allowed.deny with input as it with data.parameters as _allowed
	unclear := cluster_replica_location_allowed.unknown with input as it with data.parameters as _allowed
	aside := cluster_replica_location_allowed.not_applicable with input as it with data.parameters as _allowed
}

test_denies_a_copy_elsewhere if {
	some finding in cluster_replica_location_allowed.deny with input as _it("East US") with data.parameters as _allowed
	finding.path == "resource.properties.replication.location"
	finding.actual == "East US"
	finding.expected == "westeurope or northeurope"
}

test_passes_a_copy_in_an_allowed_region if _verdict(_it("North Europe")) == [0, 0, 0]

test_copy_without_a_region_is_unknown if _verdict(_it("")) == [0, 1, 0]

test_cluster_without_a_copy_is_not_judged if _verdict({"resource": {"properties": {}}}) == [0, 0, 1]

test_ignores_an_empty_list if {
	count(cluster_replica_location_allowed.not_applicable) == 1 with input as _it("eastus") with data.parameters as {"regions_allowed": []}
	count(cluster_replica_location_allowed.not_applicable) == 0 with input as _it("eastus") with data.parameters as _allowed
}
