package azure.authorization.no_standing_privileged_assignment_test

import data.azure.authorization.no_standing_privileged_assignment

_assignment(role, properties) := {"resource": {"properties": object.union({"roleDefinitionId": role}, properties)}}

_all := {"privileged_roles": ["owner", "role_based_access_control_administrator"]}

_verdict(it) := [count(denied), count(unclear), count(aside)] if {
	denied := no_standing_privileged_assignment.deny with input as it with data.parameters as _all
	unclear := no_standing_privileged_assignment.unknown with input as it with data.parameters as _all
	aside := no_standing_privileged_assignment.not_applicable with input as it with data.parameters as _all
}

_owner := "8e3af657-a8ff-443c-a75c-2fe8c4bcb635"

test_denies_a_permanent_assignment if {
	some finding in no_standing_privileged_assignment.deny with input as _assignment("f58310d9-a9f6-439a-9e8d-f62e7b41a168", {"assignmentType": "ASSIGNED"}) with data.parameters as _all
	finding.path == "resource.properties.endDateTime"
	finding.actual == "absent"
	finding.expected == "an end, or an activation"
	startswith(finding.message, "role based access control administrator is")
}

test_permanent_assignment_is_clear if _verdict(_assignment(_owner, {"assignmentType": "Assigned"})) == [1, 0, 0]

test_passes_an_end if _verdict(_assignment(_owner, {"assignmentType": "Assigned", "endDateTime": "2027-01-01T00:00:00Z"})) == [0, 0, 0]

test_passes_an_activation if _verdict(_assignment(_owner, {"assignmentType": "activated"})) == [0, 0, 0]

test_ignores_other_roles if _verdict(_assignment("b24988ac-6180-42a0-ab88-20f7382dd24c", {"assignmentType": "Assigned"})) == [0, 0, 1]

test_other_type_is_unknown if _verdict(_assignment(_owner, {"assignmentType": "Borrowed"})) == [0, 1, 0]

test_unknown_role_is_unknown if _verdict(_assignment("Owner", {"assignmentType": "Assigned"})) == [0, 1, 0]
