package azure.authorization.owners_few_test

import data.azure.authorization.owners_few

_owner := "8e3af657-a8ff-443c-a75c-2fe8c4bcb635"

_subscription(held) := {"related": {"role_assignments": {principal: {"properties": {"roleDefinitionId": role, "principalId": substring(principal, 0, 1)}} | some principal, role in held}}}

_bounds := {"subscription_owners_min": 1, "subscription_owners_max": 2}

_verdict(held) := [count(denied), count(unclear)] if {
	denied := owners_few.deny with input as _subscription(held) with data.parameters as _bounds
	unclear := owners_few.unknown with input as _subscription(held) with data.parameters as _bounds
}

test_denies_too_many if {
	some finding in owners_few.deny with input as _subscription({"c": _owner, "b": _owner, "a": upper(_owner)}) with data.parameters as _bounds
	finding.message == "3 principals own the subscription"
	finding.path == "related.role_assignments.*.properties.principalId"
	finding.actual == ["a", "b", "c"]
	finding.expected == "at most 2"
}

test_denies_too_few if {
	some finding in owners_few.deny with input as _subscription({"a": "acdd72a7-3385-48ef-bd42-f606fba81ae7"}) with data.parameters as _bounds
	finding.message == "0 principals own the subscription"
	finding.path == "related.role_assignments.*.properties.roleDefinitionId"
	finding.actual == []
	finding.expected == "at least 1"
}

test_the_bounds_pass if {
	_verdict({"a": _owner}) == [0, 0]
	_verdict({"a": _owner, "b": _owner}) == [0, 0]
}

test_a_principal_counts_once if _verdict({"a": _owner, "a2": _owner, "b": _owner, "b2": _owner}) == [0, 0]

test_unknown_role_is_unknown if _verdict({"a": _owner, "b": "Owner"}) == [0, 1]
