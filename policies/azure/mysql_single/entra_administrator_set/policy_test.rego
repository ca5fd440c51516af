package azure.mysql_single.entra_administrator_set_test

import data.azure.mysql_single.entra_administrator_set

_server(value) := {"children": {"administrators": {"activeDirectory": {"properties": {"administratorType": value}}}}}

test_denies_what_is_bad if {
	every value in ["none", "NONE"] {
		some finding in entra_administrator_set.deny with input as _server(value)
		finding.path == "children.administrators.activeDirectory.properties.administratorType"
		finding.actual == value
		finding.expected == "ActiveDirectory"
		count(entra_administrator_set.unknown) == 0 with input as _server(value)
	}
}

test_passes_what_is_good if {
	every value in ["ActiveDirectory", "ACTIVEDIRECTORY", "activedirectory"] {
		count(entra_administrator_set.deny) == 0 with input as _server(value)
		count(entra_administrator_set.unknown) == 0 with input as _server(value)
	}
}

test_missing_setting_is_none if {
	some finding in entra_administrator_set.deny with input as {"resource": {"properties": {}}}
	finding.actual == "none"
}

test_other_value_is_unknown if {
	count(entra_administrator_set.unknown) == 1 with input as _server("Novelty")
	count(entra_administrator_set.deny) == 0 with input as _server("Novelty")
}
