package azure.postgresql.checkpoints_logged_test

import data.azure.postgresql.checkpoints_logged

_server(value) := {"children": {"configurations": {"log_checkpoints": {"properties": {"value": value}}}}}

test_denies_what_is_bad if {
	every value in ["off", "OFF"] {
		some finding in checkpoints_logged.deny with input as _server(value)
		finding.path == "children.configurations.log_checkpoints.properties.value"
		finding.actual == value
		finding.expected == "on"
		count(checkpoints_logged.unknown) == 0 with input as _server(value)
	}
}

test_passes_what_is_good if {
	every value in ["on", "ON"] {
		count(checkpoints_logged.deny) == 0 with input as _server(value)
		count(checkpoints_logged.unknown) == 0 with input as _server(value)
	}
}

# The engine answers unknown for a required read that is absent.
test_says_nothing_about_a_missing_setting if {
	count(checkpoints_logged.deny) == 0 with input as {"resource": {"properties": {}}}
}

test_other_value_is_unknown if {
	count(checkpoints_logged.unknown) == 1 with input as _server("Novelty")
	count(checkpoints_logged.deny) == 0 with input as _server("Novelty")
}
