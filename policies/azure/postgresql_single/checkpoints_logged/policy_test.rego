package azure.postgresql_single.checkpoints_logged_test

import data.azure.postgresql_single.checkpoints_logged

_setting(value) := {"resource": {"properties": {"value": value}, "name": "log_checkpoints"}}

test_denies_what_is_bad if {
	every value in ["off", "OFF"] {
		some finding in checkpoints_logged.deny with input as _setting(value)
		finding.path == "resource.properties.value"
		finding.actual == value
		finding.expected == "on"
		count(checkpoints_logged.unknown) == 0 with input as _setting(value)
	}
}

test_passes_what_is_good if {
	every value in ["on", "ON"] {
		count(checkpoints_logged.deny) == 0 with input as _setting(value)
		count(checkpoints_logged.unknown) == 0 with input as _setting(value)
		count(checkpoints_logged.not_applicable) == 0 with input as _setting(value)
	}
}

# The engine answers unknown for a required read that is absent.
test_says_nothing_about_a_missing_setting if {
	count(checkpoints_logged.deny) == 0 with input as {"resource": {"name": "log_checkpoints"}}
}

test_other_value_is_unknown if {
	count(checkpoints_logged.unknown) == 1 with input as _setting("Novelty")
	count(checkpoints_logged.deny) == 0 with input as _setting("Novelty")
}

test_ignores_other_parameters if {
	some reason in checkpoints_logged.not_applicable with input as {"resource": {"properties": {"value": "off"}, "name": "autovacuum"}}
	reason == "the parameter is not log_checkpoints"
}

test_case_of_the_name_does_not_matter if count(checkpoints_logged.not_applicable) == 0 with input as {"resource": {"properties": {"value": "off"}, "name": "LOG_CHECKPOINTS"}}
