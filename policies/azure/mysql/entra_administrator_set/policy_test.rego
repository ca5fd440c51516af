package azure.mysql.entra_administrator_set_test

import data.azure.mysql.entra_administrator_set

_server(administrators) := {"children": {"administrators": administrators}}

test_denies_no_administrator if {
	some finding in entra_administrator_set.deny with input as _server({})
	finding.path == "children.administrators.*"
	finding.actual == "none"
	finding.expected == "an administrator of the directory"
}

test_passes_an_administrator if {
	count(entra_administrator_set.deny) == 0 with input as _server({"ActiveDirectory": {"name": "ActiveDirectory"}})
}
