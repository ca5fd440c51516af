package azure.authorization.workload_cannot_grant_roles_test

import data.azure.authorization.workload_cannot_grant_roles

_assignment(role, kind, more) := {"resource": {"properties": object.union({"roleDefinitionId": role, "principalType": kind}, more)}}

_verdict(it) := [count(denied), count(unclear)] if {
	denied := workload_cannot_grant_roles.deny with input as it with data.parameters as {"conditional_role_grants_accepted": true}
	unclear := workload_cannot_grant_roles.unknown with input as it with data.parameters as {"conditional_role_grants_accepted": true}
}

_owner := "8e3af657-a8ff-443c-a75c-2fe8c4bcb635"

test_denies_roles_that_grant if {
	every role in [_owner, "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9", "f58310d9-a9f6-439a-9e8d-f62e7b41a168"] {
		_verdict(_assignment(role, "serviceprincipal", {})) == [1, 0]
		_verdict(_assignment(role, "AgentServicePrincipal", {"condition": " "})) == [1, 0]
	}
}

test_says_which_role if {
	some finding in workload_cannot_grant_roles.deny with input as _assignment("18d7d88d-d35e-4fb5-a5c3-7773c20a72d9", "ServicePrincipal", {})
	finding.message == "a workload is user access administrator"
	finding.path == "resource.properties.roleDefinitionId"
	finding.actual == "user_access_administrator"
	finding.expected == "a role that grants no roles"
}

test_other_roles_pass if _verdict(_assignment("b24988ac-6180-42a0-ab88-20f7382dd24c", "ServicePrincipal", {})) == [0, 0]

test_people_are_not_judged_here if {
	every kind in ["User", "Group", "ForeignGroup", "Device", "AgentUser"] {
		_verdict(_assignment(_owner, kind, {})) == [0, 0]
	}
}

test_condition_is_accepted_where_the_firm_accepts_it if {
	conditional := _assignment(_owner, "ServicePrincipal", {"condition": "(…)"})
	_verdict(conditional) == [0, 0]
	count(workload_cannot_grant_roles.deny) == 1 with input as conditional with data.parameters as {"conditional_role_grants_accepted": false}
}

test_other_kind_is_unknown if _verdict(_assignment(_owner, "Ghost", {})) == [0, 1]

test_unknown_role_is_unknown if _verdict(_assignment("Owner", "User", {})) == [0, 1]
