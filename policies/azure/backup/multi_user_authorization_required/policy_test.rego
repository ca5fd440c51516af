package azure.backup.multi_user_authorization_required_test

import data.azure.backup.multi_user_authorization_required

_with(value) := {"resource": {"properties": {"isVaultProtectedByResourceGuard": value}}}

test_denies_false if {
	some finding in multi_user_authorization_required.deny with input as _with(false)
	finding.path == "resource.properties.isVaultProtectedByResourceGuard"
	finding.actual == false
	finding.expected == true
}

test_passes_true if {
	count(multi_user_authorization_required.deny) == 0 with input as _with(true)
}

test_denies_nothing_when_the_value_is_missing if {
	count(multi_user_authorization_required.deny) == 0 with input as {"resource": {"properties": {}}}
}
