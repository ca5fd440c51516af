package azure.postgresql.entra_administrator_is_group_test

import data.azure.postgresql.entra_administrator_is_group

_server(entra, administrators) := {
	"resource": {"properties": {"authConfig": {"activeDirectoryAuth": entra}}},
	"children": {"administrators": administrators},
}

_workload := "5f0c2d1e-7a3b-4c8d-9e6f-1a2b3c4d5e6f"

_admin(kind) := {"sg-payments-dba": {"properties": {"principalType": kind, "objectId": _workload}}}

_none := {"entra_administrator_ids_approved": []}

_approved := {"entra_administrator_ids_approved": ["5F0C2D1E-7A3B-4C8D-9E6F-1A2B3C4D5E6F"]}

_denied(server, actual) if {
	count(entra_administrator_is_group.deny) == 1 with input as server with data.parameters as _none
	some finding in entra_administrator_is_group.deny with input as server with data.parameters as _none
	finding.path == "children.administrators.*.properties.principalType"
	finding.actual == actual
	finding.expected == "Group"
	count(entra_administrator_is_group.unknown) == 0 with input as server with data.parameters as _none
	count(entra_administrator_is_group.not_applicable) == 0 with input as server with data.parameters as _none
}

_passed(server, parameters) if {
	count(entra_administrator_is_group.deny) == 0 with input as server with data.parameters as parameters
	count(entra_administrator_is_group.unknown) == 0 with input as server with data.parameters as parameters
	count(entra_administrator_is_group.not_applicable) == 0 with input as server with data.parameters as parameters
}

test_denies_a_person if {
	_denied(_server("Enabled", _admin("User")), "User")
	_denied(_server("enabled", _admin("user")), "user")
}

test_denies_a_person_beside_a_group if {
	both := object.union(_admin("Group"), {"anna@contoso.com": {"properties": {"principalType": "User"}}})
	_denied(_server("Enabled", both), "User")
}

test_denies_two_people_apart if {
	two := object.union(_admin("User"), {"anna@contoso.com": {"properties": {"principalType": "User"}}})
	count(entra_administrator_is_group.deny) == 2 with input as _server("Enabled", two) with data.parameters as _none
}

test_denies_a_workload_identity_that_is_not_approved if {
	_denied(_server("Enabled", _admin("ServicePrincipal")), "ServicePrincipal")
	_denied(_server("Enabled", _admin("SERVICEPRINCIPAL")), "SERVICEPRINCIPAL")
}

test_approval_is_for_workload_identities_only if {
	count(entra_administrator_is_group.deny) == 1 with input as _server("Enabled", _admin("User")) with data.parameters as _approved
}

test_denies_no_administrator_at_all if {
	_denied(_server("Enabled", {}), "none")
	_denied({"resource": {"properties": {"authConfig": {"activeDirectoryAuth": "Enabled"}}}}, "none")
}

test_passes_a_group if {
	_passed(_server("Enabled", _admin("Group")), _none)
	_passed(_server("ENABLED", _admin("GROUP")), _none)
	_passed(_server("Enabled", {"sg-payments-dba": {"properties": {"principalType": "Group"}}}), _none)
}

test_passes_an_approved_workload_identity if _passed(_server("Enabled", _admin("ServicePrincipal")), _approved)

test_workload_identity_without_object_id_is_unknown if {
	server := _server("Enabled", {"id-deploy": {"properties": {"principalType": "ServicePrincipal"}}})
	count(entra_administrator_is_group.unknown) == 1 with input as server with data.parameters as _approved
	count(entra_administrator_is_group.deny) == 0 with input as server with data.parameters as _approved
}

test_other_kind_is_unknown if {
	every kind in ["Unknown", "Device"] {
		count(entra_administrator_is_group.unknown) == 1 with input as _server("Enabled", _admin(kind)) with data.parameters as _none
		count(entra_administrator_is_group.deny) == 0 with input as _server("Enabled", _admin(kind)) with data.parameters as _none
	}
}

# The engine answers unknown for a required read that is absent.
test_says_nothing_about_a_missing_kind if {
	server := _server("Enabled", {"sg-payments-dba": {"properties": {"objectId": _workload}}})
	count(entra_administrator_is_group.deny) == 0 with input as server with data.parameters as _none
}

test_ignores_a_server_without_entra if {
	every server in [_server("disabled", {}), {"resource": {"properties": {}}}] {
		count(entra_administrator_is_group.not_applicable) == 1 with input as server with data.parameters as _none
		count(entra_administrator_is_group.unknown) == 0 with input as server with data.parameters as _none
		count(entra_administrator_is_group.deny) == 0 with input as server with data.parameters as _none
	}
}

test_other_setting_is_unknown if {
	count(entra_administrator_is_group.unknown) == 1 with input as _server("Preview", {}) with data.parameters as _none
	count(entra_administrator_is_group.deny) == 0 with input as _server("Preview", {}) with data.parameters as _none
}
