package azure.data_explorer.cluster_spans_zones_test

import data.azure.data_explorer.cluster_spans_zones

_resource(zones) := {"resource": {"zones": zones}}

test_denies_too_few if {
	every zones in [[], ["1"], ["2", "2"]] {
		some finding in cluster_spans_zones.deny with input as _resource(zones) with data.parameters as {"availability_zones_min": 2}
		finding.path == "resource.zones"
		finding.actual == zones
		finding.expected == 2
		count(cluster_spans_zones.unknown) == 0 with input as _resource(zones)
		count(cluster_spans_zones.not_applicable) == 0 with input as _resource(zones)
	}
}

test_passes_enough_zones if {
	count(cluster_spans_zones.deny) == 0 with input as _resource(["1", "2"]) with data.parameters as {"availability_zones_min": 2}
	count(cluster_spans_zones.unknown) == 0 with input as _resource(["1", "2"])
	count(cluster_spans_zones.deny) == 1 with input as _resource(["1", "2"]) with data.parameters as {"availability_zones_min": 3}
}

test_absent_is_none if {
	some finding in cluster_spans_zones.deny with input as {"resource": {}} with data.parameters as {"availability_zones_min": 2}
	finding.actual == []
}

test_not_required_is_not_judged if {
	cluster_spans_zones.not_applicable == {"zone redundancy is not required of this cluster"} with input as _resource([]) with data.parameters as {"compute_zone_redundancy_required": false}
}

test_other_type_is_unknown if {
	count(cluster_spans_zones.unknown) == 1 with input as _resource([1, 2])
	count(cluster_spans_zones.deny) == 0 with input as _resource([1, 2])
}
