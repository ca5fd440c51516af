package lib.roles_test

import data.lib.roles

_owner := "/subscriptions/11111111-2222-3333-4444-555555555555/providers/Microsoft.Authorization/roleDefinitions/8E3AF657-a8ff-443c-a75c-2fe8c4bcb635"

test_guid_is_the_last_segment if roles.guid(_owner) == "8e3af657-a8ff-443c-a75c-2fe8c4bcb635"

test_guid_alone if roles.guid("8e3af657-a8ff-443c-a75c-2fe8c4bcb635")

test_name_is_no_guid if not roles.guid("/providers/Microsoft.Authorization/roleDefinitions/Owner")

test_named if roles.named(_owner, ["contributor", "owner"]) == "owner"

test_every_role_has_a_name if {
	roles.named("b24988ac-6180-42a0-ab88-20f7382dd24c", ["contributor"]) == "contributor"
	roles.named("18d7d88d-d35e-4fb5-a5c3-7773c20a72d9", ["user_access_administrator"]) == "user_access_administrator"
	roles.named("f58310d9-a9f6-439a-9e8d-f62e7b41a168", ["role_based_access_control_administrator"]) == "role_based_access_control_administrator"
}

test_not_among_the_names if not roles.named(_owner, ["contributor"])

test_wide if {
	roles.wide("/subscriptions/S/providers/Microsoft.Authorization/roleAssignments/a")
	roles.wide("/providers/Microsoft.Management/managementGroups/m/providers/Microsoft.Authorization/roleAssignments/a")
	roles.wide("/providers/Microsoft.Authorization/roleAssignments/a")
}

test_narrow if {
	every id in [
		"/subscriptions/S/resourceGroups/g/providers/Microsoft.Authorization/roleAssignments/a",
		"/subscriptions/S/resourceGroups/g/providers/Microsoft.KeyVault/vaults/v/providers/Microsoft.Authorization/roleAssignments/a",
	] {
		roles.narrow(id)
		not roles.wide(id)
	}
	not roles.narrow("/subscriptions/S/providers/Microsoft.Authorization/roleAssignments/a")
}

test_unresolved_scope_is_neither if {
	every place in ["(scope)/(scope)/(azurerm_role_assignment.o)", "Microsoft.Unknown/scopes/(x)"] {
		id := sprintf("/subscriptions/S/resourceGroups/(resource group)/providers/%s/providers/Microsoft.Authorization/roleAssignments/a", [place])
		not roles.wide(id)
		not roles.narrow(id)
	}
}

test_resource_with_unknown_name_is_narrow if {
	roles.narrow("/subscriptions/S/resourceGroups/(g)/providers/Microsoft.KeyVault/vaults/(azurerm_key_vault.v)/providers/Microsoft.Authorization/roleAssignments/a")
}

test_neither if {
	unknown := "/subscriptions/S/providers/Microsoft.Unknown/scopes/(x)/providers/Microsoft.Authorization/roleAssignments/a"
	not roles.wide(unknown)
	not roles.narrow(unknown)
}
