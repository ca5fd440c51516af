package azure.aks.private_api_server_test

import data.azure.aks.private_api_server

_resource(value) := {"resource": {"properties": {"apiServerAccessProfile": {"enablePrivateCluster": value}}}}

test_denies_public if {
	some finding in private_api_server.deny with input as _resource(false)
	finding.path == "resource.properties.apiServerAccessProfile.enablePrivateCluster"
	finding.actual == false
	finding.expected == true
}

test_passes_private if {
	count(private_api_server.deny) == 0 with input as _resource(true)
}

test_absent_is_public if {
	some finding in private_api_server.deny with input as {"resource": {"properties": {}}}
	finding.actual == false
}
