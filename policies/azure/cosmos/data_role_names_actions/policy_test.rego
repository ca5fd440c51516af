package azure.cosmos.data_role_names_actions_test

import data.azure.cosmos.data_role_names_actions

_in(actions, kind) := {"resource": {"properties": {"type": kind, "permissions": [{"dataActions": ["a/items/read"]}, {"dataActions": actions}]}}}

test_denies_a_wildcard if {
	some finding in data_role_names_actions.deny with input as _in(["a/items/create", "a/items/*"], "CustomRole")
	finding.path == "resource.properties.permissions"
	finding.actual == ["a/items/*"]
	finding.expected == "named actions"
	finding.message == "the role allows a/items/*"
}

test_passes_named_actions if {
	count(data_role_names_actions.deny) == 0 with input as _in(["a/items/create"], "customrole")
	count(data_role_names_actions.unknown) == 0 with input as _in(["a/items/create"], "customrole")
	count(data_role_names_actions.not_applicable) == 0 with input as _in(["a/items/create"], "customrole")
}

test_built_in_roles_do_not_count if {
	some reason in data_role_names_actions.not_applicable with input as _in(["a/*"], "BuiltInRole")
	reason == "the role belongs to Azure"
	count(data_role_names_actions.unknown) == 0 with input as _in(["a/*"], "BuiltInRole")
}

test_other_shapes_are_unknown if {
	count(data_role_names_actions.unknown) == 1 with input as _in(["a/read"], "Guest")
	count(data_role_names_actions.unknown) == 1 with input as {"resource": {"properties": {"type": "CustomRole", "permissions": [{}]}}}
}
