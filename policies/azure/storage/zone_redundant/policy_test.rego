package azure.storage.zone_redundant_test

import data.azure.storage.zone_redundant

_account(sku) := {"resource": {"sku": {"name": sku}}}

_required := {"zone_redundancy_required": true}

_good := ["Standard_ZRS", "Standard_GZRS", "Standard_RAGZRS", "Premium_ZRS", "StandardV2_ZRS", "StandardV2_GZRS", "PremiumV2_ZRS"]

test_denies_the_others if {
	every sku in ["Standard_LRS", "Standard_GRS", "Standard_RAGRS", "Premium_LRS", "StandardV2_LRS", "StandardV2_GRS", "PremiumV2_LRS", "standard_lrs"] {
		some finding in zone_redundant.deny with input as _account(sku) with data.parameters as _required
		finding.path == "resource.sku.name"
		finding.actual == sku
		finding.expected == _good
		count(zone_redundant.unknown) == 0 with input as _account(sku) with data.parameters as _required
	}
}

test_passes_the_redundant if {
	every sku in array.concat(_good, ["STANDARD_ZRS"]) {
		count(zone_redundant.deny) == 0 with input as _account(sku) with data.parameters as _required
		count(zone_redundant.unknown) == 0 with input as _account(sku) with data.parameters as _required
		count(zone_redundant.not_applicable) == 0 with input as _account(sku) with data.parameters as _required
	}
}

# The engine answers unknown for a required read that is absent.
test_says_nothing_about_a_missing_sku if {
	count(zone_redundant.deny) == 0 with input as {"resource": {}} with data.parameters as _required
}

test_other_sku_is_unknown if {
	count(zone_redundant.unknown) == 1 with input as _account("Ultra_XRS") with data.parameters as _required
	count(zone_redundant.deny) == 0 with input as _account("Ultra_XRS") with data.parameters as _required
}

test_not_required_is_not_judged if {
	zone_redundant.not_applicable == {"zone redundancy is not required of this account"} with input as _account("Standard_LRS") with data.parameters as {"zone_redundancy_required": false}
}
