package azure.mysql_single.audit_log_enabled_test

import data.azure.mysql_single.audit_log_enabled

_setting(value) := {"resource": {"properties": {"value": value}, "name": "audit_log_enabled"}}

test_denies_what_is_bad if {
	every value in ["OFF", "off"] {
		some finding in audit_log_enabled.deny with input as _setting(value)
		finding.path == "resource.properties.value"
		finding.actual == value
		finding.expected == "ON"
		count(audit_log_enabled.unknown) == 0 with input as _setting(value)
	}
}

test_passes_what_is_good if {
	every value in ["ON", "on"] {
		count(audit_log_enabled.deny) == 0 with input as _setting(value)
		count(audit_log_enabled.unknown) == 0 with input as _setting(value)
		count(audit_log_enabled.not_applicable) == 0 with input as _setting(value)
	}
}

# The engine answers unknown for a required read that is absent.
test_says_nothing_about_a_missing_setting if {
	count(audit_log_enabled.deny) == 0 with input as {"resource": {"name": "audit_log_enabled"}}
}

test_other_value_is_unknown if {
	count(audit_log_enabled.unknown) == 1 with input as _setting("Novelty")
	count(audit_log_enabled.deny) == 0 with input as _setting("Novelty")
}

test_ignores_other_parameters if {
	some reason in audit_log_enabled.not_applicable with input as {"resource": {"properties": {"value": "OFF"}, "name": "autovacuum"}}
	reason == "the parameter is not audit_log_enabled"
}

test_case_of_the_name_does_not_matter if count(audit_log_enabled.not_applicable) == 0 with input as {"resource": {"properties": {"value": "OFF"}, "name": "AUDIT_LOG_ENABLED"}}
