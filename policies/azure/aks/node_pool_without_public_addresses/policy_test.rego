package azure.aks.node_pool_without_public_addresses_test

import data.azure.aks.node_pool_without_public_addresses

_resource(value) := {"resource": {"properties": {"enableNodePublicIP": value}}}

test_denies_public_addresses if {
	some finding in node_pool_without_public_addresses.deny with input as _resource(true)
	finding.path == "resource.properties.enableNodePublicIP"
	finding.actual == true
	finding.expected == false
}

test_passes_no_public_addresses if {
	count(node_pool_without_public_addresses.deny) == 0 with input as _resource(false)
}

# The engine answers unknown for a required read that is absent.
test_says_nothing_about_what_is_missing if count(node_pool_without_public_addresses.deny) == 0 with input as {"resource": {"properties": {}}}
