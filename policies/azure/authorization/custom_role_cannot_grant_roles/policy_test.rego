package azure.authorization.custom_role_cannot_grant_roles_test

import data.azure.authorization.custom_role_cannot_grant_roles

_role(kind, actions) := {"resource": {"properties": {"type": kind, "permissions": [{"actions": actions}]}}}

_verdict(it) := [count(denied), count(unclear), count(aside)] if {
	denied := custom_role_cannot_grant_roles.deny with input as it
	unclear := custom_role_cannot_grant_roles.unknown with input as it
	aside := custom_role_cannot_grant_roles.not_applicable with input as it
}

test_denies_too_much if {
	some finding in custom_role_cannot_grant_roles.deny with input as _role("customrole", ["*/read", "microsoft.authorization/roleassignments/write"])
	finding.path == "resource.properties.permissions"
	finding.actual == "microsoft.authorization/roleassignments/write"
	finding.expected == "no right to write role definitions or assignments"
}

test_passes_named_actions if {
	_verdict(_role("CustomRole", ["*/read", "Microsoft.Web/sites/write", "Microsoft.Authorization/*/read"])) == [0, 0, 0]
	_verdict(_role("CustomRole", [])) == [0, 0, 0]
}

test_ignores_built_in_roles if _verdict(_role("builtinrole", ["*"])) == [0, 0, 1]

test_other_kind_is_unknown if _verdict(_role("PartnerRole", ["*"])) == [0, 1, 0]

test_unreadable_actions_are_unknown if {
	_verdict({"resource": {"properties": {"type": "CustomRole", "permissions": [{}]}}}) == [0, 1, 0]
	_verdict(_role("CustomRole", [7])) == [0, 1, 0]
	_verdict(_role("CustomRole", {"a": "Microsoft.Web/sites/read"})) == [0, 1, 0]
}

test_denies_every_way_to_grant if {
	every action in ["*", "*/Write", "Microsoft.Authorization/*", "Microsoft.Authorization/*/write", "Microsoft.Authorization/roleAssignments/*", "Microsoft.Authorization/roleDefinitions/*", "Microsoft.Authorization/roleDefinitions/write"] {
		_verdict(_role("CustomRole", [action])) == [1, 0, 0]
	}
}

test_passes_what_is_taken_away_again if {
	every withheld in ["Microsoft.Authorization/*/Write", "microsoft.authorization/*", "Microsoft.Authorization/roleAssignments/write"] {
		_verdict({"resource": {"properties": {"type": "CustomRole", "permissions": [{"actions": [withheld], "notActions": ["X", withheld]}]}}}) == [0, 0, 0]
	}
	every withheld in ["Microsoft.Authorization/*/Write", "Microsoft.Authorization/*"] {
		_verdict({"resource": {"properties": {"type": "CustomRole", "permissions": [{"actions": ["*"], "notActions": [withheld]}]}}}) == [0, 0, 0]
	}
	_verdict({"resource": {"properties": {"type": "CustomRole", "permissions": [{"actions": ["*"], "notActions": ["Microsoft.Authorization/*/Delete"]}]}}}) == [1, 0, 0]
}
