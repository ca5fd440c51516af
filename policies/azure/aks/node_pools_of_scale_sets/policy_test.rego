package azure.aks.node_pools_of_scale_sets_test

import data.azure.aks.node_pools_of_scale_sets

_resource(kind) := {"resource": {"properties": {"agentPoolProfiles": [{"name": "system", "type": "VirtualMachineScaleSets"}, {"name": "apps", "type": kind}]}}}

test_denies_availability_sets if {
	some finding in node_pools_of_scale_sets.deny with input as _resource("availabilitySet")
	finding.message == "the node pool apps is an availability set"
	finding.path == "resource.properties.agentPoolProfiles"
	finding.actual == "availabilitySet"
	finding.expected == "VirtualMachineScaleSets"
	count(node_pools_of_scale_sets.unknown) == 0 with input as _resource("AvailabilitySet")
}

test_passes_other_kinds if {
	every kind in ["VirtualMachineScaleSets", "virtualmachines"] {
		count(node_pools_of_scale_sets.deny) == 0 with input as _resource(kind)
		count(node_pools_of_scale_sets.unknown) == 0 with input as _resource(kind)
	}
}

test_absent_is_a_scale_set if {
	count(node_pools_of_scale_sets.deny) == 0 with input as {"resource": {"properties": {"agentPoolProfiles": [{"name": "apps"}]}}}
	count(node_pools_of_scale_sets.unknown) == 0 with input as {"resource": {"properties": {"agentPoolProfiles": [{"name": "apps"}]}}}
}

test_other_kind_is_unknown if {
	every kind in ["BareMetal", 7] {
		node_pools_of_scale_sets.unknown == {"the node pool apps is of a kind that this policy does not know"} with input as _resource(kind)
		count(node_pools_of_scale_sets.deny) == 0 with input as _resource(kind)
	}
}

test_no_pools_is_unknown if {
	node_pools_of_scale_sets.unknown == {"the cluster names no node pool"} with input as {"resource": {"properties": {"agentPoolProfiles": []}}}
}
