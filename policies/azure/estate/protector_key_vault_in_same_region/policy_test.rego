package azure.estate.protector_key_vault_in_same_region_test

import data.azure.estate.protector_key_vault_in_same_region

_resource(place, vault) := {"related": {"parent": {"location": place}, "key_vault": object.union({"id": "/v"}, vault)}}

_in(location) := {"location": location}

_extended(state) := {"location": "northeurope", "properties": {"regions": [{"name": "swedencentral", "provisioningState": "Succeeded"}, {"name": "West Europe", "provisioningState": state}]}}

_verdict(it) := [count(denied), count(unclear), count(aside)] if {
	denied := protector_key_vault_in_same_region.deny with input as it
	unclear := protector_key_vault_in_same_region.unknown with input as it
	aside := protector_key_vault_in_same_region.not_applicable with input as it
}

test_denies_a_key_in_another_region if {
	some finding in protector_key_vault_in_same_region.deny with input as _resource("West Europe", _in("North Europe"))
	finding.path == "related.key_vault.location"
	finding.actual == "northeurope"
	finding.expected == "westeurope"
	_verdict(_resource("westeurope", _in("northeurope"))) == [1, 0, 0]
	_verdict(_resource("uksouth", _extended("Succeeded"))) == [1, 0, 0]
}

test_passes_a_key_in_the_region if _verdict(_resource("westeurope", _in("West Europe"))) == [0, 0, 0]

test_passes_a_managed_hsm_extended_to_the_region if _verdict(_resource("westeurope", _extended("succeeded"))) == [0, 0, 0]

test_region_that_is_not_ready_is_unknown if _verdict(_resource("westeurope", _extended("Provisioning"))) == [0, 1, 0]

_alone(state) := {"location": "northeurope", "properties": {"regions": [{"name": "northeurope", "provisioningState": state}]}}

test_the_first_region_of_a_managed_hsm_counts if _verdict(_resource("northeurope", _alone("Provisioning"))) == [0, 0, 0]

test_ignores_keys_that_azure_manages if _verdict({"related": {"parent": {"location": "westeurope"}}}) == [0, 0, 1]
