package azure.estate.country_in_register_test

import data.azure.estate.country_in_register

_in(location) := {"resource": {"location": location}}

_register := {"register_countries": ["IE", "NL"]}

_verdict(it) := [count(denied), count(unclear), count(aside)] if {
	denied := country_in_register.deny with input as it with data.parameters as _register
	unclear := country_in_register.unknown with input as it with data.parameters as _register
	aside := country_in_register.not_applicable with input as it with data.parameters as _register
}

test_denies_a_country_that_is_not_named if {
	some finding in country_in_register.deny with input as _in("Sweden Central") with data.parameters as _register
	finding.path == "resource.location"
	finding.actual == "SE"
	finding.expected == "IE or NL"
}

test_passes_a_named_country if {
	_verdict(_in("westeurope")) == [0, 0, 0]
	_verdict(_in("North Europe")) == [0, 0, 0]
}

test_unheard_of_region_is_unknown if {
	_verdict(_in("atlantis")) == [0, 1, 0]
	_verdict(_in("")) == [0, 1, 0]
}

test_global_is_not_judged if {
	some reason in country_in_register.not_applicable with input as _in("global") with data.parameters as _register
	startswith(reason, "the resource is global")
	count(country_in_register.deny) == 0 with input as _in("global") with data.parameters as _register
}

test_ignores_an_empty_register if {
	count(country_in_register.not_applicable) == 1 with input as _in("eastus") with data.parameters as {"register_countries": []}
	count(country_in_register.not_applicable) == 0 with input as _in("eastus") with data.parameters as _register
}
