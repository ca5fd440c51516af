package azure.storage.geo_copy_location_allowed_test

import data.azure.storage.geo_copy_location_allowed

_it(kind, location) := {"resource": {"sku": {"name": kind}, "location": location}}

_allowed := {"regions_allowed": ["westeurope", "northeurope"]}

_verdict(it) := [count(denied), count(unclear), count(aside)] if {
	denied := geo_copy_location_allowed.deny with input as it with data.parameters as _allowed
	unclear := geo_copy_location_allowed.unknown with input as it with data.parameters as _allowed
	aside := geo_copy_location_allowed.not_applicable with input as it with data.parameters as _allowed
}

test_denies_a_pair_outside if {
	every kind in ["Standard_GRS", "Standard_RAGRS", "Standard_GZRS", "Standard_RAGZRS", "StandardV2_GRS", "StandardV2_GZRS"] {
		_verdict(_it(kind, "Brazil South")) == [1, 0, 0]
	}
	some finding in geo_copy_location_allowed.deny with input as _it("Standard_GRS", "brazilsouth") with data.parameters as _allowed
	finding.path == "resource.sku.name"
	finding.actual == "southcentralus"
	finding.expected == "westeurope or northeurope"
}

test_passes_a_pair_inside if {
	every kind in ["Standard_GRS", "Standard_RAGRS", "Standard_GZRS", "Standard_RAGZRS", "StandardV2_GRS", "StandardV2_GZRS"] {
		_verdict(_it(lower(kind), "West Europe")) == [0, 0, 0]
	}
}

test_copies_in_one_region_are_not_judged if {
	every kind in ["Standard_LRS", "Standard_ZRS", "Premium_LRS", "Premium_ZRS", "StandardV2_LRS", "StandardV2_ZRS", "PremiumV2_LRS", "PremiumV2_ZRS"] {
		_verdict(_it(kind, "Brazil South")) == [0, 0, 1]
	}
}

test_region_without_a_known_pair_is_unknown if {
	_verdict(_it("Standard_GRS", "italynorth")) == [0, 1, 0]
	_verdict(_it("Standard_GRS", "atlantis")) == [0, 1, 0]
}

test_new_redundancy_is_unknown if _verdict(_it("Triple", "brazilsouth")) == [0, 1, 0]

test_ignores_an_empty_list if {
	none := {"regions_allowed": []}
	count(geo_copy_location_allowed.not_applicable) == 1 with input as _it("Standard_GRS", "brazilsouth") with data.parameters as none
	count(geo_copy_location_allowed.not_applicable) == 0 with input as _it("Standard_GRS", "brazilsouth") with data.parameters as _allowed
}
