package azure.container_registry.replica_location_allowed_test

import data.azure.container_registry.replica_location_allowed

_it(location) := {"resource": {"location": location}}

_allowed := {"regions_allowed": ["westeurope", "northeurope"]}

_verdict(it) := [count(denied), count(unclear), count(aside)] if {
	denied := replica_location_allowed.deny with input as it with data.parameters as _allowed
	unclear := replica_location_allowed.unknown with input as it with data.parameters as _allowed
	aside := replica_location_allowed.not_applicable with input as it with data.parameters as _allowed
}

test_denies_another_region if {
	some finding in replica_location_allowed.deny with input as _it("East US") with data.parameters as _allowed
	finding.path == "resource.location"
	finding.actual == "East US"
	finding.expected == "westeurope or northeurope"
}

test_passes_an_allowed_region if {
	_verdict(_it("westeurope")) == [0, 0, 0]
	_verdict(_it("North Europe")) == [0, 0, 0]
}

test_no_region_is_unknown if {
	_verdict(_it("")) == [0, 1, 0]
	_verdict(_it("global")) == [0, 1, 0]
}

test_ignores_an_empty_list if {
	count(replica_location_allowed.not_applicable) == 1 with input as _it("eastus") with data.parameters as {"regions_allowed": []}
	count(replica_location_allowed.not_applicable) == 0 with input as _it("eastus") with data.parameters as _allowed
}

test_missing_region_is_left_to_the_engine if _verdict({"resource": {}}) == [0, 0, 0]
