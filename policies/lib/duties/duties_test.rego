package lib.duties_test

import data.lib.duties

_keys := "00482a5a-887f-4fb3-b363-3b7fe8e74483"

_sql := "6d8ee4ec-f05a-4a1d-8b00-a9b17e38b437"

_backup := "00c29273-979b-4161-815c-10b084fb9324"

_group := "/subscriptions/S/resourceGroups/g/providers/Microsoft.Authorization/roleAssignments/a"

test_role if {
	duties.role(_sql, "data") == "SQL Server Contributor"
	duties.role(_sql, "restore") == "SQL Server Contributor"
	not duties.role(_sql, "keys")
}

test_every_id_is_a_guid if {
	every _, roles in duties._roles {
		every guid, _ in roles { regex.match(`^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`, guid) }
	}
}

test_pairs_work_both_ways if {
	duties.against(_keys, "keys_and_data") == {"data"}
	duties.against(_sql, "keys_and_data") == {"keys"}
	duties.against(_sql, "access_and_data") == {"access"}
	duties.against(_backup, "logs_and_systems") == {"logs"}
	duties.against("749f88d5-cbae-40b8-bcfc-e573ddc772fa", "logs_and_systems") == {"backups", "data", "keys"}
	not duties.against(_sql, "backups_and_guard")
}

test_only_guards_lie_apart if {
	duties.apart("backups_and_guard")
	not duties.apart("keys_and_data")
}

test_scope if {
	duties.scope(_group) == "/subscriptions/s/resourcegroups/g"
	duties.scope("/providers/Microsoft.Authorization/roleAssignments/a") == ""
	not duties.scope("/subscriptions/s")
}

test_known if {
	duties.known("")
	duties.known("/subscriptions/s")
	duties.known("/subscriptions/s/resourcegroups/g")
	not duties.known("/providers/microsoft.management/managementgroups/m")
	not duties.known("/subscriptions/s/resourcegroups/g/providers/(scope)/(scope)/(x)")
	not duties.known("/subscriptions/s/providers/microsoft.unknown/scopes/(x)")
}

test_scopes_meet_where_one_holds_the_other if {
	every reach in ["overlap", "subscription", "anywhere"] {
		duties.meets("/subscriptions/s", "/subscriptions/s/resourcegroups/g", reach)
		duties.meets("/subscriptions/s/resourcegroups/g", "/subscriptions/s", reach)
		duties.meets("", "/subscriptions/s", reach)
		duties.meets("/subscriptions/s", "/subscriptions/s", reach)
	}
}

test_groups_of_one_subscription if {
	not duties.meets("/subscriptions/s/resourcegroups/g", "/subscriptions/s/resourcegroups/gg", "overlap")
	duties.meets("/subscriptions/s/resourcegroups/g", "/subscriptions/s/resourcegroups/gg", "subscription")
	not duties.meets("/subscriptions/s/resourcegroups/g", "/subscriptions/t/resourcegroups/g", "subscription")
	duties.meets("/subscriptions/s/resourcegroups/g", "/subscriptions/t/resourcegroups/g", "anywhere")
	not duties.meets("/providers/microsoft.management/managementgroups/m", "/providers/microsoft.management/managementgroups/n", "subscription")
}
