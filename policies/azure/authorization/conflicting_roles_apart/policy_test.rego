package azure.authorization.conflicting_roles_apart_test

import data.azure.authorization.conflicting_roles_apart

_id(scope) := sprintf("%s/providers/Microsoft.Authorization/roleAssignments/a", [scope])

_assignment(scope, role, others) := {
	"resource": {"id": _id(scope), "properties": {"roleDefinitionId": role}},
	"related": {"principal_assignments": {_id(place): {"id": _id(place), "properties": {"roleDefinitionId": held}} | some place, held in others}},
}

_keys := "00482a5a-887f-4fb3-b363-3b7fe8e74483"

_sql := "6d8ee4ec-f05a-4a1d-8b00-a9b17e38b437"

_backup := "00c29273-979b-4161-815c-10b084fb9324"

_guard := "f54b6d04-23c6-443e-b462-9c16ab7b4a52"

_reader := "acdd72a7-3385-48ef-bd42-f606fba81ae7"

_settings(reach) := {"duty_conflicts": ["keys_and_data", "backups_and_guard"], "duty_conflict_reach": reach}

_verdict(it, reach) := [count(denied), count(unclear), count(aside)] if {
	denied := conflicting_roles_apart.deny with input as it with data.parameters as _settings(reach)
	unclear := conflicting_roles_apart.unknown with input as it with data.parameters as _settings(reach)
	aside := conflicting_roles_apart.not_applicable with input as it with data.parameters as _settings(reach)
}

test_denies_a_conflict if {
	some finding in conflicting_roles_apart.deny with input as _assignment("/subscriptions/s", _keys, {"/subscriptions/s/resourceGroups/G": upper(_sql)}) with data.parameters as _settings("overlap")
	finding.message == "the principal also holds SQL Server Contributor (keys and data) on /subscriptions/s/resourcegroups/g"
	finding.path == "related.principal_assignments.*.properties.roleDefinitionId"
	finding.actual == "SQL Server Contributor"
	finding.expected == "another principal"
}

test_names_the_tenant if {
	some finding in conflicting_roles_apart.deny with input as _assignment("/subscriptions/s", _sql, {"": _keys}) with data.parameters as _settings("overlap")
	finding.message == "the principal also holds Key Vault Administrator (keys and data) on the whole tenant"
}

test_other_roles_pass if _verdict(_assignment("/subscriptions/s", _keys, {"/subscriptions/s": _keys, "/subscriptions/t": _reader}), "anywhere") == [0, 0, 0]

test_roles_without_duty_are_left_out if _verdict(_assignment("/subscriptions/s", _reader, {"/subscriptions/s": _keys}), "anywhere") == [0, 0, 1]

test_pairs_are_chosen if {
	none := {"duty_conflicts": [], "duty_conflict_reach": "anywhere"}
	count(conflicting_roles_apart.deny) == 0 with input as _assignment("/subscriptions/s", _keys, {"/subscriptions/s": _sql}) with data.parameters as none
	count(conflicting_roles_apart.not_applicable) == 1 with input as _assignment("/subscriptions/s", _keys, {"/subscriptions/s": _sql}) with data.parameters as none
}

test_access_and_data if {
	both := {"duty_conflicts": ["access_and_data"], "duty_conflict_reach": "overlap"}
	count(conflicting_roles_apart.deny) == 1 with input as _assignment("/subscriptions/s", "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9", {"/subscriptions/s": _sql}) with data.parameters as both
}

test_reach if {
	near := _assignment("/subscriptions/s/resourceGroups/g", _keys, {"/subscriptions/s/resourceGroups/h": _sql})
	far := _assignment("/subscriptions/s/resourceGroups/g", _keys, {"/subscriptions/t/resourceGroups/g": _sql})
	_verdict(near, "overlap") == [0, 0, 0]
	_verdict(near, "subscription") == [1, 0, 0]
	_verdict(far, "subscription") == [0, 0, 0]
	_verdict(far, "anywhere") == [1, 0, 0]
}

test_guards_count_wherever_they_lie if _verdict(_assignment("/subscriptions/s", _backup, {"/subscriptions/t": _guard}), "overlap") == [1, 0, 0]

test_management_groups_are_not_known if {
	group := "/providers/Microsoft.Management/managementGroups/m"
	_verdict(_assignment("/subscriptions/s", _keys, {group: _sql}), "subscription") == [0, 1, 0]
	_verdict(_assignment(group, _keys, {"/subscriptions/s": _sql}), "subscription") == [0, 1, 0]
	_verdict(_assignment(group, _keys, {group: _sql}), "subscription") == [1, 0, 0]
	_verdict(_assignment(group, _keys, {"/subscriptions/s": _sql}), "anywhere") == [1, 0, 0]
}

test_unresolved_scopes_are_not_known if {
	_verdict(_assignment("/subscriptions/s/resourceGroups/g/providers/(scope)/(scope)/(x)", _keys, {"/subscriptions/t": _sql}), "subscription") == [0, 1, 0]
}

test_unknown_role_is_unknown if _verdict(_assignment("/subscriptions/s", "Owner", {}), "subscription") == [0, 1, 0]
