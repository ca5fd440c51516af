package azure.mysql.audit_log_enabled_test

import data.azure.mysql.audit_log_enabled

_server(value) := {"children": {"configurations": {"audit_log_enabled": {"properties": {"value": value}}}}}

test_denies_what_is_bad if {
	every value in ["OFF", "off"] {
		some finding in audit_log_enabled.deny with input as _server(value)
		finding.path == "children.configurations.audit_log_enabled.properties.value"
		finding.actual == value
		finding.expected == "ON"
		count(audit_log_enabled.unknown) == 0 with input as _server(value)
	}
}

test_passes_what_is_good if {
	every value in ["ON", "on"] {
		count(audit_log_enabled.deny) == 0 with input as _server(value)
		count(audit_log_enabled.unknown) == 0 with input as _server(value)
	}
}

# The engine answers unknown for a required read that is absent.
test_says_nothing_about_a_missing_setting if {
	count(audit_log_enabled.deny) == 0 with input as {"resource": {"properties": {}}}
}

test_other_value_is_unknown if {
	count(audit_log_enabled.unknown) == 1 with input as _server("Novelty")
	count(audit_log_enabled.deny) == 0 with input as _server("Novelty")
}
