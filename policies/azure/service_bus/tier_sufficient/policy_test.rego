package azure.service_bus.tier_sufficient_test

import data.azure.service_bus.tier_sufficient

_in(tier) := {"resource": {"sku": {"name": tier}}}

_allowed := {"service_bus_tiers_allowed": ["Premium"]}

test_denies_other_tiers if {
	every tier in ["Basic", "Standard", "basic"] {
		some finding in tier_sufficient.deny with input as _in(tier) with data.parameters as _allowed
		finding.path == "resource.sku.name"
		finding.actual == tier
		finding.expected == ["Premium"]
		count(tier_sufficient.unknown) == 0 with input as _in(tier) with data.parameters as _allowed
	}
	every tier in ["Basic", "Standard", "Premium"] {
		count(tier_sufficient.deny) == 1 with input as _in(tier) with data.parameters as {"service_bus_tiers_allowed": []}
		count(tier_sufficient.unknown) == 0 with input as _in(tier) with data.parameters as {"service_bus_tiers_allowed": []}
	}
}

test_passes_allowed_tiers if {
	every tier in ["Premium", "PREMIUM"] {
		count(tier_sufficient.deny) == 0 with input as _in(tier) with data.parameters as _allowed
		count(tier_sufficient.unknown) == 0 with input as _in(tier) with data.parameters as _allowed
	}
}

test_other_tier_is_unknown if {
	count(tier_sufficient.unknown) == 1 with input as _in("Ultra") with data.parameters as _allowed
	count(tier_sufficient.deny) == 0 with input as _in("Ultra") with data.parameters as _allowed
}
