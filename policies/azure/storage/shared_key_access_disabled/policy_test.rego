package azure.storage.shared_key_access_disabled_test

import data.azure.storage.shared_key_access_disabled

_account(value) := {"resource": {"properties": {"allowSharedKeyAccess": value}}}

test_denies_true if {
	some finding in shared_key_access_disabled.deny with input as _account(true)
	finding.path == "resource.properties.allowSharedKeyAccess"
	finding.actual == true
	finding.expected == false
}

test_passes_false if {
	count(shared_key_access_disabled.deny) == 0 with input as _account(false)
}

test_missing_property_is_true if {
	some finding in shared_key_access_disabled.deny with input as {"resource": {"properties": {}}}
	finding.actual == true
}
