package azure.authorization.restore_principals_few_test

import data.azure.authorization.restore_principals_few

_operator := "00c29273-979b-4161-815c-10b084fb9324"

_held(principal, role, kind) := {"properties": {"roleDefinitionId": role, "principalId": principal, "principalType": kind}}

_settings := {"restore_roles": ["Backup Operator"], "restore_principals_max": 1}

_subscription(assignments) := {"related": {"role_assignments": {sprintf("/%d", [at]): assignment | some at, assignment in assignments}}}

_verdict(assignments) := [count(denied), count(unclear)] if {
	denied := restore_principals_few.deny with input as _subscription(assignments) with data.parameters as _settings
	unclear := restore_principals_few.unknown with input as _subscription(assignments) with data.parameters as _settings
}

test_denies_too_many if {
	some finding in restore_principals_few.deny with input as _subscription([_held("b", _operator, "user"), _held("a", upper(_operator), "Group")]) with data.parameters as _settings
	finding.message == "2 people and groups may restore the data of the subscription"
	finding.path == "related.role_assignments.*.properties.principalId"
	finding.actual == ["a", "b"]
	finding.expected == "at most 1"
}

test_foreign_groups_count if _verdict([_held("b", _operator, "ForeignGroup"), _held("a", _operator, "Group")]) == [1, 0]

test_the_bound_passes if _verdict([_held("a", _operator, "User"), _held("a", _operator, "User")]) == [0, 0]

test_programs_are_left_out if {
	every kind in ["ServicePrincipal", "Device", "AgentUser", "AgentServicePrincipal"] {
		_verdict([_held("a", _operator, "User"), _held("b", _operator, kind)]) == [0, 0]
	}
}

test_other_roles_are_left_out if {
	_verdict([_held("a", _operator, "User"), _held("b", "5e467623-bb1f-42f4-a55d-6e525e11384b", "User"), _held("c", "acdd72a7-3385-48ef-bd42-f606fba81ae7", "User")]) == [0, 0]
}

test_what_is_not_known_is_unknown if {
	_verdict([_held("a", "Backup Operator", "User")]) == [0, 1]
	_verdict([_held("a", _operator, "Ghost")]) == [0, 1]
}
