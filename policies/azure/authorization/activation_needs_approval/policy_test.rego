package azure.authorization.activation_needs_approval_test

import data.azure.authorization.activation_needs_approval

_settings(role, rules) := {"resource": {"properties": {"roleDefinitionId": role, "effectiveRules": rules}}}

_owner := "8e3af657-a8ff-443c-a75c-2fe8c4bcb635"

_parameters := {"privileged_roles": ["owner"]}

_verdict(it) := [count(denied), count(unclear), count(aside)] if {
	denied := activation_needs_approval.deny with input as it with data.parameters as _parameters
	unclear := activation_needs_approval.unknown with input as it with data.parameters as _parameters
	aside := activation_needs_approval.not_applicable with input as it with data.parameters as _parameters
}

test_ignores_other_roles if _verdict(_settings("acdd72a7-3385-48ef-bd42-f606fba81ae7", [{"id": "approval_enduser_assignment", "setting": {"isApprovalRequired": true}}])) == [0, 0, 1]

test_unknown_role_is_unknown if _verdict(_settings("Owner", [{"id": "approval_enduser_assignment", "setting": {"isApprovalRequired": true}}])) == [0, 1, 0]

test_unknown_role_is_not_denied if {
	count(activation_needs_approval.deny) == 0 with input as _settings("Owner", [{"id": "Approval_EndUser_Assignment", "setting": {"isApprovalRequired": false}}]) with data.parameters as _parameters
}

test_no_rule_is_unknown if _verdict(_settings(_owner, [])) == [0, 1, 0]

test_passes_a_good_rule if _verdict(_settings(_owner, [{"id": "approval_enduser_assignment", "setting": {"isApprovalRequired": true}}])) == [0, 0, 0]

test_rules_of_others_do_not_count if _verdict(_settings(_owner, [object.union({"id": "approval_enduser_assignment", "setting": {"isApprovalRequired": true}}, {"id": "Other"})])) == [0, 1, 0]

test_denies_activation_without_approval if {
	some finding in activation_needs_approval.deny with input as _settings(_owner, [{"id": "Approval_EndUser_Assignment", "setting": {"isApprovalRequired": false}}]) with data.parameters as _parameters
	finding.path == "resource.properties.effectiveRules"
	finding.actual == false
	finding.expected == true
}
