package azure.storage.local_user_password_disabled_test

import data.azure.storage.local_user_password_disabled

_user(value) := {"resource": {"properties": {"hasSshPassword": value}}}

test_denies_true if {
	some finding in local_user_password_disabled.deny with input as _user(true)
	finding.path == "resource.properties.hasSshPassword"
	finding.actual == true
	finding.expected == false
}

test_passes_false if {
	count(local_user_password_disabled.deny) == 0 with input as _user(false)
}

# The engine answers unknown for a required read that is absent.
test_says_nothing_about_a_missing_property if count(local_user_password_disabled.deny) == 0 with input as {"resource": {"properties": {}}}
