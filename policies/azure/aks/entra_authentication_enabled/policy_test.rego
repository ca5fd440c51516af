package azure.aks.entra_authentication_enabled_test

import data.azure.aks.entra_authentication_enabled

_resource(value) := {"resource": {"properties": {"aadProfile": {"managed": value}}}}

test_denies_no_integration if {
	some finding in entra_authentication_enabled.deny with input as _resource(false)
	finding.path == "resource.properties.aadProfile.managed"
	finding.actual == false
	finding.expected == true
}

test_passes_integration if {
	count(entra_authentication_enabled.deny) == 0 with input as _resource(true)
}

test_absent_is_no_integration if {
	some finding in entra_authentication_enabled.deny with input as {"resource": {"properties": {}}}
	finding.actual == false
}
