package azure.cosmos.data_role_assignment_narrow_test

import data.azure.cosmos.data_role_assignment_narrow

_account := "/subscriptions/s/resourceGroups/g/providers/Microsoft.DocumentDB/databaseAccounts/a"

_in(scope, role) := {"resource": {"properties": {"scope": scope, "roleDefinitionId": concat("", [_account, "/sqlRoleDefinitions/", role])}}}

_contributor := "00000000-0000-0000-0000-000000000002"

test_denies_the_whole_account if {
	every scope in [_account, concat("", [_account, "/"])] {
		some finding in data_role_assignment_narrow.deny with input as _in(scope, _contributor)
		finding.path == "resource.properties.scope"
		finding.actual == scope
		finding.expected == "a database or container"
		count(data_role_assignment_narrow.unknown) == 0 with input as _in(scope, _contributor)
	}
}

test_passes_a_part_and_other_roles if {
	every pair in [[concat("", [_account, "/dbs/ledger"]), _contributor], [concat("", [_account, "/dbs/ledger/colls/entries"]), _contributor], [_account, "00000000-0000-0000-0000-000000000001"]] {
		count(data_role_assignment_narrow.deny) == 0 with input as _in(pair[0], pair[1])
		count(data_role_assignment_narrow.unknown) == 0 with input as _in(pair[0], pair[1])
	}
}

test_other_scope_is_unknown if {
	every scope in ["/subscriptions/s", "(unknown)"] {
		count(data_role_assignment_narrow.unknown) == 1 with input as _in(scope, _contributor)
		count(data_role_assignment_narrow.deny) == 0 with input as _in(scope, _contributor)
	}
}
