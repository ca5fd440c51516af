package azure.backup.geo_copy_location_allowed_test

import data.azure.backup.geo_copy_location_allowed

_vault(location, kind) := {"resource": {"location": location, "properties": {"storageSettings": [{"type": kind}]}}}

_allowed := {"regions_allowed": ["westeurope", "southcentralus"]}

_verdict(it) := [count(denied), count(unclear), count(aside)] if {
	denied := geo_copy_location_allowed.deny with input as it with data.parameters as _allowed
	unclear := geo_copy_location_allowed.unknown with input as it with data.parameters as _allowed
	aside := geo_copy_location_allowed.not_applicable with input as it with data.parameters as _allowed
}

test_denies_a_pair_outside if {
	some finding in geo_copy_location_allowed.deny with input as _vault("West Europe", "GEOREDUNDANT") with data.parameters as _allowed
	finding.path == "resource.properties.storageSettings"
	finding.actual == "northeurope"
	finding.expected == "westeurope or southcentralus"
}

test_pair_outside_is_clear if _verdict(_vault("westeurope", "GeoRedundant")) == [1, 0, 0]

test_passes_a_pair_inside if _verdict(_vault("northeurope", "georedundant")) == [0, 0, 0]

test_ignores_storage_in_one_region if {
	_verdict(_vault("westeurope", "LocallyRedundant")) == [0, 0, 1]
	_verdict(_vault("westeurope", "zoneredundant")) == [0, 0, 1]
}

test_region_without_pair_is_unknown if _verdict(_vault("italynorth", "GeoRedundant")) == [0, 1, 0]

test_other_kind_is_unknown if _verdict(_vault("northeurope", "Invalid")) == [0, 1, 0]

test_no_storage_is_not_settled if _verdict({"resource": {"location": "westeurope", "properties": {"storageSettings": []}}}) == [0, 0, 0]

test_ignores_an_empty_list if {
	geo_copy_location_allowed.not_applicable == {"no list of allowed regions is set"} with input as _vault("westeurope", "GeoRedundant") with data.parameters as {"regions_allowed": []}
}
