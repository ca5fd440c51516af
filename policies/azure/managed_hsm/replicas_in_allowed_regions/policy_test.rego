package azure.managed_hsm.replicas_in_allowed_regions_test

import data.azure.managed_hsm.replicas_in_allowed_regions

_pool(names) := {"resource": {"properties": {"regions": [{"name": name} | some name in names]}}}

_allowed := {"regions_allowed": ["westeurope", "northeurope"]}

_verdict(it) := [count(denied), count(unclear), count(aside)] if {
	denied := replicas_in_allowed_regions.deny with input as it with data.parameters as _allowed
	unclear := replicas_in_allowed_regions.unknown with input as it with data.parameters as _allowed
	aside := replicas_in_allowed_regions.not_applicable with input as it with data.parameters as _allowed
}

test_denies_a_copy_outside if {
	some finding in replicas_in_allowed_regions.deny with input as _pool(["northeurope", "East US"]) with data.parameters as _allowed
	finding.path == "resource.properties.regions"
	finding.actual == "East US"
	finding.expected == "westeurope or northeurope"
}

test_passes_copies_inside if _verdict(_pool(["North Europe", "westeurope"])) == [0, 0, 0]

test_unreadable_copies_are_unknown if {
	_verdict({"resource": {"properties": {"regions": [{}]}}}) == [0, 1, 0]
	_verdict(_pool([""])) == [0, 1, 0]
}

test_ignores_pools_in_one_region if {
	_verdict(_pool([])) == [0, 0, 1]
	_verdict({"resource": {"properties": {}}}) == [0, 0, 1]
}

test_ignores_an_empty_list if {
	count(replicas_in_allowed_regions.not_applicable) == 1 with input as _pool(["eastus"]) with data.parameters as {"regions_allowed": []}
}
