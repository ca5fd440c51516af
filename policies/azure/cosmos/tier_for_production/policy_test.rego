package azure.cosmos.tier_for_production_test

import data.azure.cosmos.tier_for_production

_in(value) := {"resource": {"properties": {"enableFreeTier": value}}}

test_denies_the_bad if {
	some finding in tier_for_production.deny with input as _in(true)
	finding.path == "resource.properties.enableFreeTier"
	finding.actual == true
	finding.expected == false
}

test_passes_the_good if count(tier_for_production.deny) == 0 with input as _in(false)

test_takes_a_missing_property_for_the_good if count(tier_for_production.deny) == 0 with input as {"resource": {"properties": {}}}
