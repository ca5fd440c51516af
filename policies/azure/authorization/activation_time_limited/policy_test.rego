package azure.authorization.activation_time_limited_test

import data.azure.authorization.activation_time_limited

_settings(role, rules) := {"resource": {"properties": {"roleDefinitionId": role, "effectiveRules": rules}}}

_owner := "8e3af657-a8ff-443c-a75c-2fe8c4bcb635"

_parameters := {"privileged_roles": ["owner"], "pim_activation_hours_max": 8}

_verdict(it) := [count(denied), count(unclear), count(aside)] if {
	denied := activation_time_limited.deny with input as it with data.parameters as _parameters
	unclear := activation_time_limited.unknown with input as it with data.parameters as _parameters
	aside := activation_time_limited.not_applicable with input as it with data.parameters as _parameters
}

test_ignores_other_roles if _verdict(_settings("acdd72a7-3385-48ef-bd42-f606fba81ae7", [{"id": "expiration_enduser_assignment", "maximumDuration": "PT8H"}])) == [0, 0, 1]

test_unknown_role_is_unknown if _verdict(_settings("Owner", [{"id": "expiration_enduser_assignment", "maximumDuration": "PT8H"}])) == [0, 1, 0]

test_unknown_role_is_not_denied if {
	count(activation_time_limited.deny) == 0 with input as _settings("Owner", [{"id": "Expiration_EndUser_Assignment", "maximumDuration": "P1D"}]) with data.parameters as _parameters
}

test_no_rule_is_unknown if _verdict(_settings(_owner, [])) == [0, 1, 0]

test_passes_a_good_rule if _verdict(_settings(_owner, [{"id": "expiration_enduser_assignment", "maximumDuration": "PT8H"}])) == [0, 0, 0]

test_rules_of_others_do_not_count if _verdict(_settings(_owner, [object.union({"id": "expiration_enduser_assignment", "maximumDuration": "PT8H"}, {"id": "Other"})])) == [0, 1, 0]

test_denies_a_long_activation if {
	some finding in activation_time_limited.deny with input as _settings(_owner, [{"id": "Expiration_EndUser_Assignment", "maximumDuration": "PT12H"}]) with data.parameters as _parameters
	finding.path == "resource.properties.effectiveRules"
	finding.actual == 12
	finding.expected == "at most 8 hours"
}

test_unreadable_duration_is_unknown if _verdict(_settings(_owner, [{"id": "Expiration_EndUser_Assignment", "maximumDuration": "long"}])) == [0, 1, 0]
