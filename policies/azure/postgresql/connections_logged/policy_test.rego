package azure.postgresql.connections_logged_test

import data.azure.postgresql.connections_logged

_server(value) := {"children": {"configurations": {"log_connections": {"properties": {"value": value}}}}}

test_denies_what_is_bad if {
	every value in ["off", "OFF"] {
		some finding in connections_logged.deny with input as _server(value)
		finding.path == "children.configurations.log_connections.properties.value"
		finding.actual == value
		finding.expected == "on"
		count(connections_logged.unknown) == 0 with input as _server(value)
	}
}

test_passes_what_is_good if {
	every value in ["on", "ON"] {
		count(connections_logged.deny) == 0 with input as _server(value)
		count(connections_logged.unknown) == 0 with input as _server(value)
	}
}

# The engine answers unknown for a required read that is absent.
test_says_nothing_about_a_missing_setting if {
	count(connections_logged.deny) == 0 with input as {"resource": {"properties": {}}}
}

test_other_value_is_unknown if {
	count(connections_logged.unknown) == 1 with input as _server("Novelty")
	count(connections_logged.deny) == 0 with input as _server("Novelty")
}
