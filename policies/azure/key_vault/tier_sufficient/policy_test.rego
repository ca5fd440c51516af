package azure.key_vault.tier_sufficient_test

import data.azure.key_vault.tier_sufficient

_vault(tier) := {"resource": {"properties": {"sku": {"family": "A", "name": tier}}}}

_verdict(tier, lowest) := [count(denied), count(unclear)] if {
	denied := tier_sufficient.deny with input as _vault(tier) with data.parameters as {"key_vault_tier_min": lowest}
	unclear := tier_sufficient.unknown with input as _vault(tier) with data.parameters as {"key_vault_tier_min": lowest}
}

test_denies_standard_below_premium if {
	some finding in tier_sufficient.deny with input as _vault("standard")
		with data.parameters as {"key_vault_tier_min": "premium"}
	finding.path == "resource.properties.sku.name"
	finding.actual == "standard"
	finding.expected == "premium or higher"
}

test_denies_premium_below_managed_hsm if {
	some finding in tier_sufficient.deny with input as _vault("premium")
		with data.parameters as {"key_vault_tier_min": "managed_hsm"}
	finding.actual == "premium"
	finding.expected == "managed_hsm or higher"
}

test_denies_standard_below_managed_hsm if _verdict("standard", "managed_hsm") == [1, 0]

test_passes_premium if _verdict("premium", "premium") == [0, 0]

test_passes_premium_above_standard if _verdict("premium", "standard") == [0, 0]

test_passes_standard_where_allowed if _verdict("standard", "standard") == [0, 0]

test_case_does_not_matter if {
	_verdict("Premium", "premium") == [0, 0]
	_verdict("Standard", "premium") == [1, 0]
}

test_new_tier_is_unknown if _verdict("ultra", "premium") == [0, 1]

test_absent_tier_is_left_to_the_engine if {
	count(tier_sufficient.deny) == 0 with input as {"resource": {"properties": {}}}
		with data.parameters as {"key_vault_tier_min": "premium"}
}
