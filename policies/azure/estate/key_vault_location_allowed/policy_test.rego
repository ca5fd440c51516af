package azure.estate.key_vault_location_allowed_test

import data.azure.estate.key_vault_location_allowed

_it(location) := {"related": {"key_vault": {"location": location}}}

_allowed := {"regions_allowed": ["westeurope", "northeurope"]}

_verdict(it) := [count(denied), count(unclear), count(aside)] if {
	denied := key_vault_location_allowed.deny with input as it with data.parameters as _allowed
	unclear := key_vault_location_allowed.unknown with input as it with data.parameters as _allowed
	aside := key_vault_location_allowed.not_applicable with input as it with data.parameters as _allowed
}

test_denies_a_vault_elsewhere if {
	some finding in key_vault_location_allowed.deny with input as _it("East US") with data.parameters as _allowed
	finding.path == "related.key_vault.location"
	finding.actual == "East US"
	finding.expected == "westeurope or northeurope"
}

test_passes_a_vault_in_an_allowed_region if _verdict(_it("West Europe")) == [0, 0, 0]

test_vault_without_a_region_is_unknown if _verdict(_it("")) == [0, 1, 0]

test_resource_without_a_key_is_not_judged if _verdict({"related": {}}) == [0, 0, 1]

test_ignores_an_empty_list if {
	count(key_vault_location_allowed.not_applicable) == 1 with input as _it("eastus") with data.parameters as {"regions_allowed": []}
}
