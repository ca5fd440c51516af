package azure.authorization.restore_role_not_standing_test

import data.azure.authorization.restore_role_not_standing

_assignment(role, kind, more) := {"resource": {"properties": object.union({"roleDefinitionId": role, "assignmentType": kind, "principalType": "User"}, more)}}

_settings := {"restore_roles": ["Backup Operator", "SQL DB Contributor"]}

_verdict(it) := [count(denied), count(unclear), count(aside)] if {
	denied := restore_role_not_standing.deny with input as it with data.parameters as _settings
	unclear := restore_role_not_standing.unknown with input as it with data.parameters as _settings
	aside := restore_role_not_standing.not_applicable with input as it with data.parameters as _settings
}

_operator := "00c29273-979b-4161-815c-10b084fb9324"

test_denies_a_permanent_assignment if {
	some finding in restore_role_not_standing.deny with input as _assignment(_operator, "assigned", {}) with data.parameters as _settings
	finding.message == "Backup Operator is assigned without an end"
	finding.path == "resource.properties.endDateTime"
	finding.actual == "absent"
	finding.expected == "an end, or an activation"
}

test_groups_are_people if {
	every kind in ["group", "ForeignGroup", "User"] {
		_verdict(_assignment(_operator, "Assigned", {"principalType": kind})) == [1, 0, 0]
	}
}

test_programs_are_left_out if {
	every kind in ["ServicePrincipal", "Device", "AgentUser", "agentserviceprincipal"] {
		_verdict(_assignment(_operator, "Assigned", {"principalType": kind})) == [0, 0, 1]
	}
}

test_an_end_or_activation_passes if {
	_verdict(_assignment(_operator, "Assigned", {"endDateTime": "2027-01-01T00:00:00Z"})) == [0, 0, 0]
	_verdict(_assignment(_operator, "ACTIVATED", {})) == [0, 0, 0]
}

test_other_roles_are_left_out if {
	_verdict(_assignment("acdd72a7-3385-48ef-bd42-f606fba81ae7", "Assigned", {})) == [0, 0, 1]
	_verdict(_assignment("5e467623-bb1f-42f4-a55d-6e525e11384b", "Assigned", {})) == [0, 0, 1]
}

test_what_is_not_known_is_unknown if {
	_verdict(_assignment(_operator, "Borrowed", {})) == [0, 1, 0]
	_verdict(_assignment(_operator, "Assigned", {"principalType": "Ghost"})) == [0, 1, 0]
	_verdict(_assignment("Backup Operator", "Activated", {})) == [0, 1, 0]
}
