package azure.data_explorer.tier_for_production_test

import data.azure.data_explorer.tier_for_production

_resource(sku) := {"resource": {"sku": {"name": sku}}}

test_denies_development if {
	some finding in tier_for_production.deny with input as _resource("DEV(No SLA)_Standard_E2a_v4")
	finding.path == "resource.sku.name"
	finding.actual == "DEV(No SLA)_Standard_E2a_v4"
	finding.expected == "Standard_E8ads_v5"
	count(tier_for_production.unknown) == 0 with input as _resource("Dev(No SLA)_Standard_E2a_v4")
}

test_passes_standard if {
	count(tier_for_production.deny) == 0 with input as _resource("Standard_E8ads_v5")
	count(tier_for_production.unknown) == 0 with input as _resource("STANDARD_E8ads_v5")
}

test_other_size_is_unknown if {
	count(tier_for_production.unknown) == 1 with input as _resource("Burstable_B1")
	count(tier_for_production.deny) == 0 with input as _resource("Burstable_B1")
}
