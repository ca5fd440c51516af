package azure.cosmos.mongo_cluster_zone_redundant_test

import data.azure.cosmos.mongo_cluster_zone_redundant

_in(value) := {"resource": {"properties": {"highAvailability": {"targetMode": value}}}}

test_denies_the_bad if {
	every value in ["SameZone", "Disabled", "SAMEZONE", "DISABLED"] {
		some finding in mongo_cluster_zone_redundant.deny with input as _in(value)
		finding.path == "resource.properties.highAvailability.targetMode"
		finding.actual == value
		finding.expected == "ZoneRedundantPreferred"
		count(mongo_cluster_zone_redundant.unknown) == 0 with input as _in(value)
	}
}

test_passes_the_good if {
	every value in ["ZoneRedundantPreferred", "ZONEREDUNDANTPREFERRED"] {
		count(mongo_cluster_zone_redundant.deny) == 0 with input as _in(value)
		count(mongo_cluster_zone_redundant.unknown) == 0 with input as _in(value)
	}
}

test_takes_a_missing_property_for_the_bad if {
	some finding in mongo_cluster_zone_redundant.deny with input as {"resource": {"properties": {}}}
	finding.actual == "Disabled"
	count(mongo_cluster_zone_redundant.unknown) == 0 with input as {"resource": {"properties": {}}}
}

test_other_value_is_unknown if {
	count(mongo_cluster_zone_redundant.unknown) == 1 with input as _in("Otherwise")
	count(mongo_cluster_zone_redundant.deny) == 0 with input as _in("Otherwise")
}
