package azure.authorization.principal_of_own_tenant_test

import data.azure.authorization.principal_of_own_tenant

_verdict(kind) := [count(denied), count(unclear)] if {
	denied := principal_of_own_tenant.deny with input as {"resource": {"properties": {"principalType": kind}}}
	unclear := principal_of_own_tenant.unknown with input as {"resource": {"properties": {"principalType": kind}}}
}

test_denies_a_foreign_group if {
	_verdict("foreigngroup") == [1, 0]
	some finding in principal_of_own_tenant.deny with input as {"resource": {"properties": {"principalType": "ForeignGroup"}}}
	finding.path == "resource.properties.principalType"
	finding.actual == "ForeignGroup"
	finding.expected == "a principal of the firm's own directory"
}

test_own_principals_pass if {
	every kind in ["User", "group", "ServicePrincipal", "Device", "AgentUser", "AgentServicePrincipal"] {
		_verdict(kind) == [0, 0]
	}
}

test_other_kind_is_unknown if _verdict("Ghost") == [0, 1]
