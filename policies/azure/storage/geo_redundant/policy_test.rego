package azure.storage.geo_redundant_test

import data.azure.storage.geo_redundant

_account(sku) := {"resource": {"sku": {"name": sku}}}

_required := {"geo_redundant_storage_required": true}

_good := ["Standard_GRS", "Standard_RAGRS", "Standard_GZRS", "Standard_RAGZRS", "StandardV2_GRS", "StandardV2_GZRS"]

test_denies_the_others if {
	every sku in ["Standard_LRS", "Standard_ZRS", "Premium_LRS", "Premium_ZRS", "StandardV2_LRS", "StandardV2_ZRS", "PremiumV2_LRS", "PremiumV2_ZRS", "standard_lrs"] {
		some finding in geo_redundant.deny with input as _account(sku) with data.parameters as _required
		finding.path == "resource.sku.name"
		finding.actual == sku
		finding.expected == _good
		count(geo_redundant.unknown) == 0 with input as _account(sku) with data.parameters as _required
	}
}

test_passes_the_redundant if {
	every sku in array.concat(_good, ["STANDARD_GRS"]) {
		count(geo_redundant.deny) == 0 with input as _account(sku) with data.parameters as _required
		count(geo_redundant.unknown) == 0 with input as _account(sku) with data.parameters as _required
		count(geo_redundant.not_applicable) == 0 with input as _account(sku) with data.parameters as _required
	}
}

# The engine answers unknown for a required read that is absent.
test_says_nothing_about_a_missing_sku if {
	count(geo_redundant.deny) == 0 with input as {"resource": {}} with data.parameters as _required
}

test_other_sku_is_unknown if {
	count(geo_redundant.unknown) == 1 with input as _account("Ultra_XRS") with data.parameters as _required
	count(geo_redundant.deny) == 0 with input as _account("Ultra_XRS") with data.parameters as _required
}

test_not_required_is_not_judged if {
	geo_redundant.not_applicable == {"a copy in another region is not required of this account"} with input as _account("Standard_LRS") with data.parameters as {"geo_redundant_storage_required": false}
}
