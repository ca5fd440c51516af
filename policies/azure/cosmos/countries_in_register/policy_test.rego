package azure.cosmos.countries_in_register_test

import data.azure.cosmos.countries_in_register

_register := {"register_countries": ["IE", "NL"]}

_it(places) := {"resource": {"properties": {"locations": [{"locationName": place} | some place in places]}}}

_verdict(it) := [count(denied), count(unclear), count(aside)] if {
	denied := countries_in_register.deny with input as it with data.parameters as _register
	unclear := countries_in_register.unknown with input as it with data.parameters as _register
	aside := countries_in_register.not_applicable with input as it with data.parameters as _register
}

test_denies_a_copy_in_a_country_that_is_not_named if {
	some finding in countries_in_register.deny with input as _it(["West Europe", "Sweden Central"]) with data.parameters as _register
	finding.path == "resource.properties.locations"
	finding.actual == "SE"
	finding.expected == "IE or NL"
	_verdict(_it(["West Europe", "Sweden Central"])) == [1, 0, 0]
}

test_passes_named_countries if _verdict(_it(["West Europe", "northeurope"])) == [0, 0, 0]

test_places_without_a_country_are_unknown if {
	_verdict(_it([])) == [0, 1, 0]
	_verdict(_it(["westeurope", "atlantis"])) == [0, 1, 0]
	_verdict({"resource": {"properties": {"locations": [{"locationName": "westeurope"}, {}]}}}) == [0, 1, 0]
}

test_ignores_an_empty_register if {
	count(countries_in_register.not_applicable) == 1 with input as _it(["eastus"]) with data.parameters as {"register_countries": []}
	count(countries_in_register.not_applicable) == 0 with input as _it(["eastus"]) with data.parameters as _register
}
