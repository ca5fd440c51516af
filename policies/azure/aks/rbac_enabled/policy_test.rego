package azure.aks.rbac_enabled_test

import data.azure.aks.rbac_enabled

_resource(value) := {"resource": {"properties": {"enableRBAC": value}}}

test_denies_no_rbac if {
	some finding in rbac_enabled.deny with input as _resource(false)
	finding.path == "resource.properties.enableRBAC"
	finding.actual == false
	finding.expected == true
}

test_passes_rbac if {
	count(rbac_enabled.deny) == 0 with input as _resource(true)
}

# The engine answers unknown for a required read that is absent.
test_says_nothing_about_what_is_missing if count(rbac_enabled.deny) == 0 with input as {"resource": {"properties": {}}}
