package azure.postgresql_single.connections_logged_test

import data.azure.postgresql_single.connections_logged

_setting(value) := {"resource": {"properties": {"value": value}, "name": "log_connections"}}

test_denies_what_is_bad if {
	every value in ["off", "OFF"] {
		some finding in connections_logged.deny with input as _setting(value)
		finding.path == "resource.properties.value"
		finding.actual == value
		finding.expected == "on"
		count(connections_logged.unknown) == 0 with input as _setting(value)
	}
}

test_passes_what_is_good if {
	every value in ["on", "ON"] {
		count(connections_logged.deny) == 0 with input as _setting(value)
		count(connections_logged.unknown) == 0 with input as _setting(value)
		count(connections_logged.not_applicable) == 0 with input as _setting(value)
	}
}

# The engine answers unknown for a required read that is absent.
test_says_nothing_about_a_missing_setting if {
	count(connections_logged.deny) == 0 with input as {"resource": {"name": "log_connections"}}
}

test_other_value_is_unknown if {
	count(connections_logged.unknown) == 1 with input as _setting("Novelty")
	count(connections_logged.deny) == 0 with input as _setting("Novelty")
}

test_ignores_other_parameters if {
	some reason in connections_logged.not_applicable with input as {"resource": {"properties": {"value": "off"}, "name": "autovacuum"}}
	reason == "the parameter is not log_connections"
}

test_case_of_the_name_does_not_matter if count(connections_logged.not_applicable) == 0 with input as {"resource": {"properties": {"value": "off"}, "name": "LOG_CONNECTIONS"}}
