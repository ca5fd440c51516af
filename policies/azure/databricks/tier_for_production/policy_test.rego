package azure.databricks.tier_for_production_test

import data.azure.databricks.tier_for_production

_in(value) := {"resource": {"sku": {"name": value}}}

test_denies_the_bad if {
	every value in ["standard", "trial", "STANDARD", "TRIAL"] {
		some finding in tier_for_production.deny with input as _in(value)
		finding.path == "resource.sku.name"
		finding.actual == value
		finding.expected == "premium or enterprise"
		count(tier_for_production.unknown) == 0 with input as _in(value)
	}
}

test_passes_the_good if {
	every value in ["premium", "enterprise", "PREMIUM", "ENTERPRISE"] {
		count(tier_for_production.deny) == 0 with input as _in(value)
		count(tier_for_production.unknown) == 0 with input as _in(value)
	}
}

# The engine answers unknown for a required read that is absent.
test_says_nothing_about_a_missing_property if {
	count(tier_for_production.deny) == 0 with input as {"resource": {"properties": {}}}
	count(tier_for_production.unknown) == 0 with input as {"resource": {"properties": {}}}
}

test_other_value_is_unknown if {
	count(tier_for_production.unknown) == 1 with input as _in("Otherwise")
	count(tier_for_production.deny) == 0 with input as _in("Otherwise")
}
