package azure.storage.local_users_disabled_test

import data.azure.storage.local_users_disabled

_account(value) := {"resource": {"properties": {"isLocalUserEnabled": value}}}

test_denies_true if {
	some finding in local_users_disabled.deny with input as _account(true)
	finding.path == "resource.properties.isLocalUserEnabled"
	finding.actual == true
	finding.expected == false
}

test_passes_false if {
	count(local_users_disabled.deny) == 0 with input as _account(false)
}

# The engine answers unknown for a required read that is absent.
test_says_nothing_about_a_missing_property if count(local_users_disabled.deny) == 0 with input as {"resource": {"properties": {}}}
