package azure.mysql_single.tls_required_test

import data.azure.mysql_single.tls_required

_server(value) := {"resource": {"properties": {"sslEnforcement": value}}}

test_denies_what_is_bad if {
	every value in ["Disabled", "DISABLED", "disabled"] {
		some finding in tls_required.deny with input as _server(value)
		finding.path == "resource.properties.sslEnforcement"
		finding.actual == value
		finding.expected == "Enabled"
		count(tls_required.unknown) == 0 with input as _server(value)
	}
}

test_passes_what_is_good if {
	every value in ["Enabled", "ENABLED", "enabled"] {
		count(tls_required.deny) == 0 with input as _server(value)
		count(tls_required.unknown) == 0 with input as _server(value)
	}
}

# The engine answers unknown for a required read that is absent.
test_says_nothing_about_a_missing_setting if {
	count(tls_required.deny) == 0 with input as {"resource": {"properties": {}}}
}

test_other_value_is_unknown if {
	count(tls_required.unknown) == 1 with input as _server("Novelty")
	count(tls_required.deny) == 0 with input as _server("Novelty")
}
