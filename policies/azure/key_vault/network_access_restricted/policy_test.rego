package azure.key_vault.network_access_restricted_test

import data.azure.key_vault.network_access_restricted

_vault(public, action) := {"resource": {"properties": {"publicNetworkAccess": public, "networkAcls": {"defaultAction": action}}}}

_verdict(it) := [count(denied), count(unclear)] if {
	denied := network_access_restricted.deny with input as it
	unclear := network_access_restricted.unknown with input as it
}

test_denies_an_open_vault if {
	some finding in network_access_restricted.deny with input as _vault("enabled", "allow")
	finding.path == "resource.properties.networkAcls.defaultAction"
	finding.actual == "allow"
	finding.expected == "Deny, or no public network access"
	_verdict(_vault("ENABLED", "ALLOW")) == [1, 0]
}

test_absent_settings_are_open if {
	some finding in network_access_restricted.deny with input as {"resource": {"properties": {}}}
	finding.actual == "Allow"
	_verdict({"resource": {"properties": {"networkAcls": {"defaultAction": "Deny"}}}}) == [0, 0]
	_verdict({"resource": {"properties": {"publicNetworkAccess": "disabled"}}}) == [0, 0]
}

test_passes_a_closed_vault if {
	_verdict(_vault("Disabled", "Allow")) == [0, 0]
	_verdict(_vault("Enabled", "Deny")) == [0, 0]
	_verdict(_vault("SecuredByPerimeter", "Allow")) == [0, 0]
}

test_other_values_are_unknown if {
	_verdict(_vault("Sometimes", "Allow")) == [0, 1]
	_verdict(_vault("Enabled", "Perhaps")) == [0, 1]
}
