package azure.event_hubs.tier_sufficient_test

import data.azure.event_hubs.tier_sufficient

_in(tier) := {"resource": {"sku": {"name": tier}}}

_allowed := {"event_hubs_tiers_allowed": ["Standard", "Premium"]}

test_denies_other_tiers if {
	every tier in ["Basic", "basic"] {
		some finding in tier_sufficient.deny with input as _in(tier) with data.parameters as _allowed
		finding.path == "resource.sku.name"
		finding.actual == tier
		finding.expected == ["Standard", "Premium"]
		count(tier_sufficient.unknown) == 0 with input as _in(tier) with data.parameters as _allowed
	}
	every tier in ["Basic", "Standard", "Premium"] {
		count(tier_sufficient.deny) == 1 with input as _in(tier) with data.parameters as {"event_hubs_tiers_allowed": []}
		count(tier_sufficient.unknown) == 0 with input as _in(tier) with data.parameters as {"event_hubs_tiers_allowed": []}
	}
}

test_passes_allowed_tiers if {
	every tier in ["Standard", "Premium", "PREMIUM"] {
		count(tier_sufficient.deny) == 0 with input as _in(tier) with data.parameters as _allowed
		count(tier_sufficient.unknown) == 0 with input as _in(tier) with data.parameters as _allowed
	}
}

test_other_tier_is_unknown if {
	count(tier_sufficient.unknown) == 1 with input as _in("Ultra") with data.parameters as _allowed
	count(tier_sufficient.deny) == 0 with input as _in("Ultra") with data.parameters as _allowed
}
