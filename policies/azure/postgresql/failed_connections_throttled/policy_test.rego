package azure.postgresql.failed_connections_throttled_test

import data.azure.postgresql.failed_connections_throttled

_server(value) := {"children": {"configurations": {"connection_throttle.enable": {"properties": {"value": value}}}}}

test_denies_what_is_bad if {
	every value in ["off", "OFF"] {
		some finding in failed_connections_throttled.deny with input as _server(value)
		finding.path == "children.configurations[\"connection_throttle.enable\"].properties.value"
		finding.actual == value
		finding.expected == "on"
		count(failed_connections_throttled.unknown) == 0 with input as _server(value)
	}
}

test_passes_what_is_good if {
	every value in ["on", "ON"] {
		count(failed_connections_throttled.deny) == 0 with input as _server(value)
		count(failed_connections_throttled.unknown) == 0 with input as _server(value)
	}
}

# The engine answers unknown for a required read that is absent.
test_says_nothing_about_a_missing_setting if {
	count(failed_connections_throttled.deny) == 0 with input as {"resource": {"properties": {}}}
}

test_other_value_is_unknown if {
	count(failed_connections_throttled.unknown) == 1 with input as _server("Novelty")
	count(failed_connections_throttled.deny) == 0 with input as _server("Novelty")
}
