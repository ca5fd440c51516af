package azure.sql_managed_instance.entra_administrator_is_group_test

import data.azure.sql_managed_instance.entra_administrator_is_group

_in(kind, id) := {"resource": {"properties": {"administrators": {"principalType": kind, "sid": id}}}}

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
	nameless := {"resource": {"properties": {"administrators": {"principalType": "Application"}}}}
	count(entra_administrator_is_group.unknown) == 1 with input as nameless with data.parameters as _approved
	count(entra_administrator_is_group.deny) == 0 with input as nameless with data.parameters as _approved
}

test_group_without_an_id_passes if {
	nameless := {"resource": {"properties": {"administrators": {"principalType": "Group"}}}}
	count(entra_administrator_is_group.unknown) == 0 with input as nameless with data.parameters as _approved
	count(entra_administrator_is_group.deny) == 0 with input as nameless with data.parameters as _approved
}

test_other_kind_is_unknown if {
	count(entra_administrator_is_group.unknown) == 1 with input as _in("Robot", "cccccccc-0000-4000-8000-000000000001") with data.parameters as _approved
	count(entra_administrator_is_group.deny) == 0 with input as _in("Robot", "cccccccc-0000-4000-8000-000000000001") with data.parameters as _approved
}
