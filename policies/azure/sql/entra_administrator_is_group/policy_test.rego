package azure.sql.entra_administrator_is_group_test

import data.azure.sql.entra_administrator_is_group

_in(kind, id) := {"resource": {"properties": {"administrators": {"principalType": kind, "sid": id}}}, "children": {"administrators": {}}}

_approved := {"entra_administrator_ids_approved": ["cccccccc-0000-4000-8000-000000000001"]}

test_denies_a_person if {
	every kind in ["User", "USER"] {
		some finding in entra_administrator_is_group.deny with input as _in(kind, "cccccccc-0000-4000-8000-000000000001") with data.parameters as _approved
		finding.path == "resource.properties.administrators.principalType"
		finding.actual == kind
		finding.expected == "Group"
		finding.message == "the Entra administrator is a person and not a group"
		count(entra_administrator_is_group.unknown) == 0 with input as _in(kind, "cccccccc-0000-4000-8000-000000000001") with data.parameters as _approved
	}
}

test_denies_an_application_that_is_not_approved if {
	some finding in entra_administrator_is_group.deny with input as _in("Application", "dddddddd-0000-4000-8000-000000000001") with data.parameters as _approved
	finding.path == "resource.properties.administrators.principalType"
	finding.actual == "Application"
	finding.expected == "Group"
}

test_passes_a_group_and_an_approved_application if {
	every kind in ["Group", "GROUP", "Application"] {
		count(entra_administrator_is_group.deny) == 0 with input as _in(kind, "CCCCCCCC-0000-4000-8000-000000000001") with data.parameters as _approved
		count(entra_administrator_is_group.unknown) == 0 with input as _in(kind, "CCCCCCCC-0000-4000-8000-000000000001") with data.parameters as _approved
	}
}

test_application_without_an_id_is_unknown if {
	nameless := {"resource": {"properties": {"administrators": {"principalType": "Application"}}}, "children": {"administrators": {}}}
	count(entra_administrator_is_group.unknown) == 1 with input as nameless with data.parameters as _approved
	count(entra_administrator_is_group.deny) == 0 with input as nameless with data.parameters as _approved
}

test_group_without_an_id_passes if {
	nameless := {"resource": {"properties": {"administrators": {"principalType": "Group"}}}, "children": {"administrators": {}}}
	count(entra_administrator_is_group.unknown) == 0 with input as nameless with data.parameters as _approved
	count(entra_administrator_is_group.deny) == 0 with input as nameless with data.parameters as _approved
}

test_other_kind_is_unknown if {
	count(entra_administrator_is_group.unknown) == 1 with input as _in("Robot", "cccccccc-0000-4000-8000-000000000001") with data.parameters as _approved
	count(entra_administrator_is_group.deny) == 0 with input as _in("Robot", "cccccccc-0000-4000-8000-000000000001") with data.parameters as _approved
}

test_does_not_apply_without_an_administrator if {
	bare := {"resource": {"properties": {}}, "children": {"administrators": {}}}
	entra_administrator_is_group.not_applicable == {"the server has no Entra administrator"} with input as bare with data.parameters as _approved
	count(entra_administrator_is_group.unknown) == 0 with input as bare with data.parameters as _approved
	count(entra_administrator_is_group.deny) == 0 with input as bare with data.parameters as _approved
}

test_administrator_of_a_child_resource_alone_is_unknown if {
	child := {"resource": {"properties": {}}, "children": {"administrators": {"ActiveDirectory": {"name": "ActiveDirectory"}}}}
	entra_administrator_is_group.unknown == {"the kind of the Entra administrator is not shown"} with input as child with data.parameters as _approved
	count(entra_administrator_is_group.not_applicable) == 0 with input as child with data.parameters as _approved
}

test_kind_on_the_server_decides_beside_a_child_resource if {
	both := object.union(_in("Group", "cccccccc-0000-4000-8000-000000000001"), {"children": {"administrators": {"ActiveDirectory": {"name": "ActiveDirectory"}}}})
	count(entra_administrator_is_group.deny) == 0 with input as both with data.parameters as _approved
	count(entra_administrator_is_group.unknown) == 0 with input as both with data.parameters as _approved
	count(entra_administrator_is_group.not_applicable) == 0 with input as both with data.parameters as _approved
}

test_list_of_another_type_is_unknown if {
	odd := object.union(_in("Group", "cccccccc-0000-4000-8000-000000000001"), {"children": {"administrators": 7}})
	count(entra_administrator_is_group.unknown) == 1 with input as odd with data.parameters as _approved
}
