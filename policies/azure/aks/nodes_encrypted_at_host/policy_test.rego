package azure.aks.nodes_encrypted_at_host_test

import data.azure.aks.nodes_encrypted_at_host

_resource(pools) := {"resource": {"properties": {"agentPoolProfiles": pools}}}

test_denies_one_bad_pool if {
	some finding in nodes_encrypted_at_host.deny with input as _resource([{"name": "system", "enableEncryptionAtHost": true}, {"name": "apps", "enableEncryptionAtHost": false}])
	finding.message == "temporary disks and caches of the pool apps are not encrypted"
	finding.path == "resource.properties.agentPoolProfiles"
	finding.actual == false
	finding.expected == true
	count(nodes_encrypted_at_host.unknown) == 0 with input as _resource([{"name": "apps", "enableEncryptionAtHost": false}])
}

test_passes_good_pools if {
	count(nodes_encrypted_at_host.deny) == 0 with input as _resource([{"name": "system", "enableEncryptionAtHost": true}, {"name": "apps", "enableEncryptionAtHost": true}])
	count(nodes_encrypted_at_host.unknown) == 0 with input as _resource([{"name": "system", "enableEncryptionAtHost": true}])
}

test_absent_is_off if {
	count(nodes_encrypted_at_host.deny) == 1 with input as _resource([{"name": "apps"}])
	count(nodes_encrypted_at_host.unknown) == 0 with input as _resource([{"name": "apps"}])
}

test_other_type_is_unknown if {
	count(nodes_encrypted_at_host.unknown) == 1 with input as _resource([{"name": "apps", "enableEncryptionAtHost": "yes"}])
	count(nodes_encrypted_at_host.deny) == 0 with input as _resource([{"name": "apps", "enableEncryptionAtHost": "yes"}])
}

test_no_pools_is_unknown if {
	nodes_encrypted_at_host.unknown == {"the cluster names no node pool"} with input as _resource([])
	count(nodes_encrypted_at_host.deny) == 0 with input as _resource([])
}
