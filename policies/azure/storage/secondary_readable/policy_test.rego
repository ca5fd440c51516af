package azure.storage.secondary_readable_test

import data.azure.storage.secondary_readable

account(sku) := {"resource": {"sku": {"name": sku}}}

required := {"storage_secondary_readable_required": true}

test_denies_every_account_that_cannot_be_read if {
	every sku in ["standard_lrs", "Standard_ZRS", "Standard_GRS", "Standard_GZRS", "Premium_LRS", "Premium_ZRS", "StandardV2_LRS", "StandardV2_ZRS", "StandardV2_GRS", "StandardV2_GZRS", "PremiumV2_LRS", "PremiumV2_ZRS"] {
		some f in secondary_readable.deny with input as account(sku) with data.parameters as required
		f.path == "resource.sku.name"
		f.actual == sku
		f.expected == ["Standard_RAGRS", "Standard_RAGZRS"]
		count(secondary_readable.unknown) == 0 with input as account(sku) with data.parameters as required
	}
}

test_passes_read_access if {
	every sku in ["standard_ragrs", "Standard_RAGZRS"] {
		count(secondary_readable.deny) == 0 with input as account(sku) with data.parameters as required
		count(secondary_readable.unknown) == 0 with input as account(sku) with data.parameters as required
		count(secondary_readable.not_applicable) == 0 with input as account(sku) with data.parameters as required
	}
}

test_not_required_is_not_judged if {
	secondary_readable.not_applicable == {"the copy in the other region need not be readable"} with input as account("Standard_LRS") with data.parameters as {"storage_secondary_readable_required": false}
}

test_new_sku_is_unknown if {
	secondary_readable.unknown == {"the SKU \"Standard_XRS\" is not known"} with input as account("Standard_XRS") with data.parameters as required
	count(secondary_readable.deny) == 0 with input as account("Standard_XRS") with data.parameters as required
}
