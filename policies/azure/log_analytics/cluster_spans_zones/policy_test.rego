package azure.log_analytics.cluster_spans_zones_test

import data.azure.log_analytics.cluster_spans_zones

_in(value) := {"resource": {"properties": {"isAvailabilityZonesEnabled": value}}}

test_denies_the_bad if {
	some finding in cluster_spans_zones.deny with input as _in(false)
	finding.path == "resource.properties.isAvailabilityZonesEnabled"
	finding.actual == false
	finding.expected == true
}

test_passes_the_good if count(cluster_spans_zones.deny) == 0 with input as _in(true)

test_takes_a_missing_property_for_the_bad if count(cluster_spans_zones.deny) == 1 with input as {"resource": {"properties": {}}}
