package azure.aks.azure_rbac_enabled_test

import data.azure.aks.azure_rbac_enabled

_resource(value) := {"resource": {"properties": {"aadProfile": {"enableAzureRBAC": value}}}}

test_denies_off if {
	some finding in azure_rbac_enabled.deny with input as _resource(false)
	finding.path == "resource.properties.aadProfile.enableAzureRBAC"
	finding.actual == false
	finding.expected == true
}

test_passes_on if {
	count(azure_rbac_enabled.deny) == 0 with input as _resource(true)
}

test_absent_is_off if {
	some finding in azure_rbac_enabled.deny with input as {"resource": {"properties": {}}}
	finding.actual == false
}
