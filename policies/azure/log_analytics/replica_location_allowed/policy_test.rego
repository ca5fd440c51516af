package azure.log_analytics.replica_location_allowed_test

import data.azure.log_analytics.replica_location_allowed

_workspace(location) := {"resource": {"properties": {"replication": {"location": location}}}}

_allowed := {"regions_allowed": ["westeurope", "northeurope"]}

_verdict(it) := [count(denied), count(unclear), count(aside)] if {
	denied := replica_location_allowed.deny with input as it with data.parameters as _allowed
	unclear := replica_location_allowed.unknown with input as it with data.parameters as _allowed
	aside := replica_location_allowed.not_applicable with input as it with data.parameters as _allowed
}

test_denies_a_copy_outside if {
	some finding in replica_location_allowed.deny with input as _workspace("East US") with data.parameters as _allowed
	finding.path == "resource.properties.replication.location"
	finding.actual == "East US"
	finding.expected == "westeurope or northeurope"
}

test_passes_a_copy_inside if _verdict(_workspace("North Europe")) == [0, 0, 0]

test_no_region_is_unknown if _verdict(_workspace("")) == [0, 1, 0]

test_ignores_workspaces_without_copy if _verdict({"resource": {"properties": {}}}) == [0, 0, 1]

test_ignores_an_empty_list if {
	count(replica_location_allowed.not_applicable) == 1 with input as _workspace("eastus") with data.parameters as {"regions_allowed": []}
}
