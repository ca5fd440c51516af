package azure.authorization.activation_needs_strong_authentication_test

import data.azure.authorization.activation_needs_strong_authentication

_settings(role, rules) := {"resource": {"properties": {"roleDefinitionId": role, "effectiveRules": rules}}}

_owner := "8e3af657-a8ff-443c-a75c-2fe8c4bcb635"

_parameters := {"privileged_roles": ["owner"], "pim_activation_requirements": ["MultiFactorAuthentication", "Justification"]}

_verdict(it) := [count(denied), count(unclear), count(aside)] if {
	denied := activation_needs_strong_authentication.deny with input as it with data.parameters as _parameters
	unclear := activation_needs_strong_authentication.unknown with input as it with data.parameters as _parameters
	aside := activation_needs_strong_authentication.not_applicable with input as it with data.parameters as _parameters
}

test_ignores_other_roles if _verdict(_settings("acdd72a7-3385-48ef-bd42-f606fba81ae7", [{"id": "Enablement_EndUser_Assignment", "enabledRules": ["multifactorauthentication", "JUSTIFICATION"]}])) == [0, 0, 1]

test_unknown_role_is_unknown if _verdict(_settings("Owner", [{"id": "Enablement_EndUser_Assignment", "enabledRules": ["multifactorauthentication", "JUSTIFICATION"]}])) == [0, 1, 0]

test_unknown_role_is_not_denied if {
	count(activation_needs_strong_authentication.deny) == 0 with input as _settings("Owner", [{"id": "Enablement_EndUser_Assignment", "enabledRules": []}]) with data.parameters as _parameters
}

test_no_rule_is_unknown if _verdict(_settings(_owner, [])) == [0, 1, 0]

test_passes_a_good_rule if _verdict(_settings(_owner, [{"id": "Enablement_EndUser_Assignment", "enabledRules": ["multifactorauthentication", "JUSTIFICATION"]}])) == [0, 0, 0]

test_rules_of_others_do_not_count if _verdict(_settings(_owner, [object.union({"id": "Enablement_EndUser_Assignment", "enabledRules": ["multifactorauthentication", "JUSTIFICATION"]}, {"id": "Other"})])) == [0, 1, 0]

test_denies_what_is_not_asked_for if {
	some finding in activation_needs_strong_authentication.deny with input as _settings(_owner, [{"id": "Enablement_EndUser_Assignment", "enabledRules": ["Justification", 7]}]) with data.parameters as _parameters
	finding.path == "resource.properties.effectiveRules"
	finding.actual == ["Justification"]
	finding.expected == "MultiFactorAuthentication"
}

test_denies_each if _verdict(_settings(_owner, [{"id": "Enablement_EndUser_Assignment", "enabledRules": []}])) == [2, 0, 0]

test_requirements_may_stand_in_several_rules if _verdict(_settings(_owner, [{"id": "Enablement_EndUser_Assignment", "enabledRules": ["Justification"]}, {"id": "Enablement_EndUser_Assignment", "enabledRules": ["MultiFactorAuthentication"]}])) == [0, 0, 0]
