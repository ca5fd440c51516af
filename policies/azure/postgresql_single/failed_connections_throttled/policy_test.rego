package azure.postgresql_single.failed_connections_throttled_test

import data.azure.postgresql_single.failed_connections_throttled

_setting(value) := {"resource": {"properties": {"value": value}, "name": "connection_throttling"}}

test_denies_what_is_bad if {
	every value in ["off", "OFF"] {
		some finding in failed_connections_throttled.deny with input as _setting(value)
		finding.path == "resource.properties.value"
		finding.actual == value
		finding.expected == "on"
		count(failed_connections_throttled.unknown) == 0 with input as _setting(value)
	}
}

test_passes_what_is_good if {
	every value in ["on", "ON"] {
		count(failed_connections_throttled.deny) == 0 with input as _setting(value)
		count(failed_connections_throttled.unknown) == 0 with input as _setting(value)
		count(failed_connections_throttled.not_applicable) == 0 with input as _setting(value)
	}
}

# The engine answers unknown for a required read that is absent.
test_says_nothing_about_a_missing_setting if {
	count(failed_connections_throttled.deny) == 0 with input as {"resource": {"name": "connection_throttling"}}
}

test_other_value_is_unknown if {
	count(failed_connections_throttled.unknown) == 1 with input as _setting("Novelty")
	count(failed_connections_throttled.deny) == 0 with input as _setting("Novelty")
}

test_ignores_other_parameters if {
	some reason in failed_connections_throttled.not_applicable with input as {"resource": {"properties": {"value": "off"}, "name": "autovacuum"}}
	reason == "the parameter is not connection_throttling"
}

test_case_of_the_name_does_not_matter if count(failed_connections_throttled.not_applicable) == 0 with input as {"resource": {"properties": {"value": "off"}, "name": "CONNECTION_THROTTLING"}}
