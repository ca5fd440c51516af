package azure.authorization.privileged_role_not_wide_test

import data.azure.authorization.privileged_role_not_wide

_assignment(scope, role) := {"resource": {
	"id": sprintf("%s/providers/Microsoft.Authorization/roleAssignments/a", [scope]),
	"properties": {"roleDefinitionId": sprintf("/providers/Microsoft.Authorization/roleDefinitions/%s", [role])},
}}

_all := {"privileged_roles": ["owner", "contributor", "user_access_administrator", "role_based_access_control_administrator"]}

_verdict(it) := [count(denied), count(unclear)] if {
	denied := privileged_role_not_wide.deny with input as it with data.parameters as _all
	unclear := privileged_role_not_wide.unknown with input as it with data.parameters as _all
}

_owner := "8e3af657-a8ff-443c-a75c-2fe8c4bcb635"

test_denies_user_access_administrator_of_a_subscription if {
	some finding in privileged_role_not_wide.deny with input as _assignment("/subscriptions/s", "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9") with data.parameters as _all
	finding.path == "resource.properties.roleDefinitionId"
	finding.actual == "user_access_administrator"
	finding.expected == "a narrower role or scope"
	startswith(finding.message, "user access administrator is")
}

test_denies_wide_scopes if {
	every scope in ["", "/subscriptions/s", "/providers/Microsoft.Management/managementGroups/m"] {
		_verdict(_assignment(scope, upper(_owner))) == [1, 0]
	}
}

test_passes_narrow_scopes if {
	every scope in ["/subscriptions/s/resourceGroups/g", "/subscriptions/s/resourceGroups/g/providers/Microsoft.KeyVault/vaults/v"] {
		_verdict(_assignment(scope, _owner)) == [0, 0]
	}
}

test_passes_other_roles if _verdict(_assignment("/subscriptions/s", "acdd72a7-3385-48ef-bd42-f606fba81ae7")) == [0, 0]

test_roles_that_do_not_count if {
	count(privileged_role_not_wide.deny) == 0 with input as _assignment("/subscriptions/s", _owner) with data.parameters as {"privileged_roles": ["contributor"]}
}

test_unknown_scope_is_unknown if {
	_verdict(_assignment("/subscriptions/s/providers/Microsoft.Unknown/scopes/(x)", _owner)) == [0, 1]
	_verdict(_assignment("/subscriptions/s/resourceGroups/(resource group)/providers/(scope)/(scope)/(x)", _owner)) == [0, 1]
}

test_unknown_role_is_unknown if _verdict(_assignment("/subscriptions/s", "Owner")) == [0, 1]
