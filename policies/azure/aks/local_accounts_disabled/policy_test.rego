package azure.aks.local_accounts_disabled_test

import data.azure.aks.local_accounts_disabled

_resource(value) := {"resource": {"properties": {"disableLocalAccounts": value}}}

test_denies_local_accounts if {
	some finding in local_accounts_disabled.deny with input as _resource(false)
	finding.path == "resource.properties.disableLocalAccounts"
	finding.actual == false
	finding.expected == true
}

test_passes_no_local_accounts if {
	count(local_accounts_disabled.deny) == 0 with input as _resource(true)
}

test_absent_is_local_accounts if {
	some finding in local_accounts_disabled.deny with input as {"resource": {"properties": {}}}
	finding.actual == false
}
