package azure.authorization.direct_assignment_needs_strong_authentication_test

import data.azure.authorization.direct_assignment_needs_strong_authentication

_policy(role, rules) := {"resource": {"properties": {"roleDefinitionId": role, "effectiveRules": rules}}}

_settings := {"privileged_roles": ["owner"], "pim_assignment_requirements": ["MultiFactorAuthentication", "Justification"]}

_owner := "8e3af657-a8ff-443c-a75c-2fe8c4bcb635"

_verdict(it) := [count(denied), count(unclear), count(aside)] if {
	denied := direct_assignment_needs_strong_authentication.deny with input as it with data.parameters as _settings
	unclear := direct_assignment_needs_strong_authentication.unknown with input as it with data.parameters as _settings
	aside := direct_assignment_needs_strong_authentication.not_applicable with input as it with data.parameters as _settings
}

_rule(rules) := [{"id": "enablement_admin_assignment", "enabledRules": rules}]

test_denies_what_is_missing if {
	some finding in direct_assignment_needs_strong_authentication.deny with input as _policy(_owner, _rule(["Ticketing", "Other"])) with data.parameters as _settings
	finding.message == "direct assignment does not ask for Justification, MultiFactorAuthentication"
	finding.path == "resource.properties.effectiveRules"
	finding.actual == ["Other", "Ticketing"]
	finding.expected == ["Justification", "MultiFactorAuthentication"]
}

test_one_missing_is_denied if _verdict(_policy(_owner, _rule(["Justification"]))) == [1, 0, 0]

test_both_pass if _verdict(_policy(_owner, _rule(["justification", "MULTIFACTORAUTHENTICATION", "Ticketing"]))) == [0, 0, 0]

test_no_rule_is_unknown if {
	_verdict(_policy(_owner, [])) == [0, 1, 0]
	_verdict(_policy(_owner, [{"id": "Enablement_EndUser_Assignment", "enabledRules": []}])) == [0, 1, 0]
	_verdict(_policy(_owner, _rule("Justification"))) == [0, 1, 0]
}

test_other_roles_are_left_out if _verdict(_policy("acdd72a7-3385-48ef-bd42-f606fba81ae7", _rule([]))) == [0, 0, 1]

test_unknown_role_is_unknown if _verdict(_policy("Owner", _rule(["Justification", "MultiFactorAuthentication"]))) == [0, 1, 0]
