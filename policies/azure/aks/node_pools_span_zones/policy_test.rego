package azure.aks.node_pools_span_zones_test

import data.azure.aks.node_pools_span_zones

_resource(zones) := {"resource": {"properties": {"agentPoolProfiles": [{"name": "system", "availabilityZones": ["1", "2", "3"]}, {"name": "apps", "availabilityZones": zones}]}}}

test_denies_one_zone if {
	some finding in node_pools_span_zones.deny with input as _resource(["1"]) with data.parameters as {"availability_zones_min": 2}
	finding.message == "the node pool apps spans 1 availability zones"
	finding.path == "resource.properties.agentPoolProfiles"
	finding.actual == 1
	finding.expected == 2
	count(node_pools_span_zones.unknown) == 0 with input as _resource(["1"])
	count(node_pools_span_zones.not_applicable) == 0 with input as _resource(["1"])
}

test_denies_no_zones if {
	every pools in [[{"name": "apps"}], [{"name": "apps", "availabilityZones": null}], [{"name": "apps", "availabilityZones": []}]] {
		some finding in node_pools_span_zones.deny with input as {"resource": {"properties": {"agentPoolProfiles": pools}}} with data.parameters as {"availability_zones_min": 2}
		finding.actual == 0
	}
}

test_passes_enough_zones if {
	count(node_pools_span_zones.deny) == 0 with input as _resource(["1", "2"]) with data.parameters as {"availability_zones_min": 2}
	count(node_pools_span_zones.unknown) == 0 with input as _resource(["1", "2"])
	count(node_pools_span_zones.deny) == 1 with input as _resource(["1", "2"]) with data.parameters as {"availability_zones_min": 3}
}

test_not_required_is_not_judged if {
	node_pools_span_zones.not_applicable == {"zone redundancy is not required of this cluster"} with input as _resource(["1"]) with data.parameters as {"compute_zone_redundancy_required": false}
}

test_other_type_is_unknown if {
	node_pools_span_zones.unknown == {"the zones of the node pool apps cannot be read"} with input as _resource("1")
	count(node_pools_span_zones.deny) == 0 with input as _resource("1")
}

test_no_pools_is_unknown if {
	node_pools_span_zones.unknown == {"the cluster names no node pool"} with input as {"resource": {"properties": {"agentPoolProfiles": []}}}
}
