package azure.aks.nodes_without_public_addresses_test

import data.azure.aks.nodes_without_public_addresses

_resource(pools) := {"resource": {"properties": {"agentPoolProfiles": pools}}}

test_denies_one_bad_pool if {
	some finding in nodes_without_public_addresses.deny with input as _resource([{"name": "system", "enableNodePublicIP": false}, {"name": "apps", "enableNodePublicIP": true}])
	finding.message == "the nodes of the pool apps have public addresses"
	finding.path == "resource.properties.agentPoolProfiles"
	finding.actual == true
	finding.expected == false
	count(nodes_without_public_addresses.unknown) == 0 with input as _resource([{"name": "apps", "enableNodePublicIP": true}])
}

test_passes_good_pools if {
	count(nodes_without_public_addresses.deny) == 0 with input as _resource([{"name": "system", "enableNodePublicIP": false}, {"name": "apps", "enableNodePublicIP": false}])
	count(nodes_without_public_addresses.unknown) == 0 with input as _resource([{"name": "system", "enableNodePublicIP": false}])
}

test_absent_is_off if {
	count(nodes_without_public_addresses.deny) == 0 with input as _resource([{"name": "apps"}])
	count(nodes_without_public_addresses.unknown) == 0 with input as _resource([{"name": "apps"}])
}

test_other_type_is_unknown if {
	count(nodes_without_public_addresses.unknown) == 1 with input as _resource([{"name": "apps", "enableNodePublicIP": "yes"}])
	count(nodes_without_public_addresses.deny) == 0 with input as _resource([{"name": "apps", "enableNodePublicIP": "yes"}])
}

test_no_pools_is_unknown if {
	nodes_without_public_addresses.unknown == {"the cluster names no node pool"} with input as _resource([])
	count(nodes_without_public_addresses.deny) == 0 with input as _resource([])
}
