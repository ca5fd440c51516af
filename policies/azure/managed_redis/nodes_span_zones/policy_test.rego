package azure.managed_redis.nodes_span_zones_test

import data.azure.managed_redis.nodes_span_zones

_in(value) := {"resource": {"properties": {"redundancyMode": value}}}

test_denies_the_bad if {
	every value in ["LR", "None", "NONE"] {
		some finding in nodes_span_zones.deny with input as _in(value)
		finding.path == "resource.properties.redundancyMode"
		finding.actual == value
		finding.expected == "ZR"
		count(nodes_span_zones.unknown) == 0 with input as _in(value)
	}
}

test_passes_the_good if {
	every value in ["ZR"] {
		count(nodes_span_zones.deny) == 0 with input as _in(value)
		count(nodes_span_zones.unknown) == 0 with input as _in(value)
	}
}

# The engine answers unknown for a required read that is absent.
test_says_nothing_about_a_missing_property if {
	count(nodes_span_zones.deny) == 0 with input as {"resource": {"properties": {}}}
	count(nodes_span_zones.unknown) == 0 with input as {"resource": {"properties": {}}}
}

test_other_value_is_unknown if {
	count(nodes_span_zones.unknown) == 1 with input as _in("Otherwise")
	count(nodes_span_zones.deny) == 0 with input as _in("Otherwise")
}
