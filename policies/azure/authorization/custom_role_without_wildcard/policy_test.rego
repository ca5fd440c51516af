package azure.authorization.custom_role_without_wildcard_test

import data.azure.authorization.custom_role_without_wildcard

_role(kind, actions) := {"resource": {"properties": {"type": kind, "permissions": [{"actions": actions}]}}}

_verdict(it) := [count(denied), count(unclear), count(aside)] if {
	denied := custom_role_without_wildcard.deny with input as it
	unclear := custom_role_without_wildcard.unknown with input as it
	aside := custom_role_without_wildcard.not_applicable with input as it
}

test_denies_too_much if {
	some finding in custom_role_without_wildcard.deny with input as _role("customrole", ["*/read", "*"])
	finding.path == "resource.properties.permissions"
	finding.actual == "*"
	finding.expected == "named actions"
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
