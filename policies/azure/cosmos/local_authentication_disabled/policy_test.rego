package azure.cosmos.local_authentication_disabled_test

import data.azure.cosmos.local_authentication_disabled

_account(value) := {"resource": {"properties": {"disableLocalAuth": value}}}

test_denies_false if {
	some finding in local_authentication_disabled.deny with input as _account(false)
	finding.path == "resource.properties.disableLocalAuth"
	finding.actual == false
	finding.expected == true
}

test_passes_true if {
	count(local_authentication_disabled.deny) == 0 with input as _account(true)
}

test_missing_setting_is_false if {
	some finding in local_authentication_disabled.deny with input as {"resource": {"properties": {}}}
	finding.actual == false
}
