package azure.log_analytics.location_allowed_test

import data.azure.log_analytics.location_allowed

_in(location) := {"resource": {"location": location}}

_allowed := {"regions_allowed": ["westeurope", "northeurope"]}

_verdict(location) := [count(denied), count(unclear), count(aside)] if {
	denied := location_allowed.deny with input as _in(location) with data.parameters as _allowed
	unclear := location_allowed.unknown with input as _in(location) with data.parameters as _allowed
	aside := location_allowed.not_applicable with input as _in(location) with data.parameters as _allowed
}

test_denies_another_region if {
	some finding in location_allowed.deny with input as _in("East US") with data.parameters as _allowed
	finding.path == "resource.location"
	finding.actual == "East US"
	finding.expected == "westeurope or northeurope"
}

test_passes_an_allowed_region if {
	_verdict("westeurope") == [0, 0, 0]
	_verdict("North Europe") == [0, 0, 0]
}

test_no_region_is_unknown if _verdict("") == [0, 1, 0]

test_ignores_an_empty_list if {
	count(location_allowed.not_applicable) == 1 with input as _in("eastus") with data.parameters as {"regions_allowed": []}
}

test_missing_region_is_left_to_the_engine if {
	count(location_allowed.deny) == 0 with input as {"resource": {}} with data.parameters as _allowed
	count(location_allowed.unknown) == 0 with input as {"resource": {}} with data.parameters as _allowed
}
