package azure.authorization.direct_assignment_must_expire_test

import data.azure.authorization.direct_assignment_must_expire

_policy(role, rules) := {"resource": {"properties": {"roleDefinitionId": role, "effectiveRules": rules}}}

_settings := {"privileged_roles": ["owner"], "direct_assignment_days_max": 10}

_owner := "8e3af657-a8ff-443c-a75c-2fe8c4bcb635"

_verdict(it) := [count(denied), count(unclear), count(aside)] if {
	denied := direct_assignment_must_expire.deny with input as it with data.parameters as _settings
	unclear := direct_assignment_must_expire.unknown with input as it with data.parameters as _settings
	aside := direct_assignment_must_expire.not_applicable with input as it with data.parameters as _settings
}

_rule(required, duration) := [{"id": "expiration_admin_assignment", "isExpirationRequired": required, "maximumDuration": duration}]

test_denies_no_end if {
	some finding in direct_assignment_must_expire.deny with input as _policy(_owner, _rule(false, "P10D")) with data.parameters as _settings
	finding.message == "the settings allow direct assignments without an end"
	finding.path == "resource.properties.effectiveRules"
	finding.actual == false
	finding.expected == true
}

test_no_end_is_one_finding if _verdict(_policy(_owner, _rule(false, "P900D"))) == [1, 0, 0]

test_denies_a_late_end if {
	some finding in direct_assignment_must_expire.deny with input as _policy(_owner, _rule(true, "P11D")) with data.parameters as _settings
	finding.message == "the settings allow direct assignments for 11 days"
	finding.path == "resource.properties.effectiveRules"
	finding.actual == 11
	finding.expected == "at most 10 days"
}

test_the_bound_passes if _verdict(_policy(_owner, _rule(true, "P10D"))) == [0, 0, 0]

test_no_rule_is_unknown if {
	_verdict(_policy(_owner, [])) == [0, 1, 0]
	_verdict(_policy(_owner, [{"id": "Expiration_EndUser_Assignment", "isExpirationRequired": true, "maximumDuration": "PT8H"}])) == [0, 1, 0]
	_verdict(_policy(_owner, _rule(true, "soon"))) == [0, 1, 0]
	_verdict(_policy(_owner, [{"id": "Expiration_Admin_Assignment", "maximumDuration": "P1D"}])) == [0, 1, 0]
}

test_other_roles_are_left_out if {
	_verdict(_policy("acdd72a7-3385-48ef-bd42-f606fba81ae7", _rule(false, "P10D"))) == [0, 0, 1]
	_verdict(_policy("acdd72a7-3385-48ef-bd42-f606fba81ae7", _rule(true, "P11D"))) == [0, 0, 1]
}

test_unknown_role_is_unknown if _verdict(_policy("Owner", _rule(true, "P1D"))) == [0, 1, 0]
