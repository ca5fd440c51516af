package azure.managed_redis.upgrades_not_deferred_test

import data.azure.managed_redis.upgrades_not_deferred

_in(value) := {"resource": {"properties": {"deferUpgrade": value}}}

test_denies_the_bad if {
	every value in ["Deferred", "DEFERRED"] {
		some finding in upgrades_not_deferred.deny with input as _in(value)
		finding.path == "resource.properties.deferUpgrade"
		finding.actual == value
		finding.expected == "NotDeferred"
		count(upgrades_not_deferred.unknown) == 0 with input as _in(value)
	}
}

test_passes_the_good if {
	every value in ["NotDeferred", "NOTDEFERRED"] {
		count(upgrades_not_deferred.deny) == 0 with input as _in(value)
		count(upgrades_not_deferred.unknown) == 0 with input as _in(value)
	}
}

test_takes_a_missing_property_for_the_good if {
	count(upgrades_not_deferred.deny) == 0 with input as {"resource": {"properties": {}}}
	count(upgrades_not_deferred.unknown) == 0 with input as {"resource": {"properties": {}}}
}

test_other_value_is_unknown if {
	count(upgrades_not_deferred.unknown) == 1 with input as _in("Otherwise")
	count(upgrades_not_deferred.deny) == 0 with input as _in("Otherwise")
}
