package azure.sql_managed_instance.entra_administrator_set_test

import data.azure.sql_managed_instance.entra_administrator_set

_child(kind) := {"resource": {"properties": {}}, "children": {"administrators": {"ActiveDirectory": {"properties": {"administratorType": kind}}}}}

_shown(kind) := {"resource": {"properties": {"administrators": {"administratorType": kind}}}}

test_denies_no_administrator if {
	bare := {"resource": {"properties": {}}}
	count(entra_administrator_set.deny) == 1 with input as bare
	some finding in entra_administrator_set.deny with input as bare
	finding.path == "resource.properties.administrators.administratorType"
	finding.actual == "none"
	finding.expected == "ActiveDirectory"
	count(entra_administrator_set.unknown) == 0 with input as bare
}

test_passes_either_place if {
	every server in [_child("ActiveDirectory"), _shown("ActiveDirectory"), _child("activedirectory")] {
		count(entra_administrator_set.deny) == 0 with input as server
		count(entra_administrator_set.unknown) == 0 with input as server
	}
}

test_other_kind_is_unknown if {
	every server in [_child("Kerberos"), _shown("Kerberos")] {
		count(entra_administrator_set.unknown) == 1 with input as server
		count(entra_administrator_set.deny) == 0 with input as server
	}
}
