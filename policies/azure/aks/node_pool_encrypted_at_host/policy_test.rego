package azure.aks.node_pool_encrypted_at_host_test

import data.azure.aks.node_pool_encrypted_at_host

_resource(value) := {"resource": {"properties": {"enableEncryptionAtHost": value}}}

test_denies_off if {
	some finding in node_pool_encrypted_at_host.deny with input as _resource(false)
	finding.path == "resource.properties.enableEncryptionAtHost"
	finding.actual == false
	finding.expected == true
}

test_passes_on if {
	count(node_pool_encrypted_at_host.deny) == 0 with input as _resource(true)
}

test_absent_is_off if {
	some finding in node_pool_encrypted_at_host.deny with input as {"resource": {"properties": {}}}
	finding.actual == false
}
