package azure.postgresql_single.threat_detection_enabled_test

import data.azure.postgresql_single.threat_detection_enabled

_server(value) := {"children": {"securityAlertPolicies": {"Default": {"properties": {"state": value}}}}}

test_denies_what_is_bad if {
	every value in ["Disabled", "DISABLED", "disabled"] {
		some finding in threat_detection_enabled.deny with input as _server(value)
		finding.path == "children.securityAlertPolicies.Default.properties.state"
		finding.actual == value
		finding.expected == "Enabled"
		count(threat_detection_enabled.unknown) == 0 with input as _server(value)
	}
}

test_passes_what_is_good if {
	every value in ["Enabled", "ENABLED", "enabled"] {
		count(threat_detection_enabled.deny) == 0 with input as _server(value)
		count(threat_detection_enabled.unknown) == 0 with input as _server(value)
	}
}

test_missing_setting_is_disabled if {
	some finding in threat_detection_enabled.deny with input as {"resource": {"properties": {}}}
	finding.actual == "Disabled"
}

test_other_value_is_unknown if {
	count(threat_detection_enabled.unknown) == 1 with input as _server("Novelty")
	count(threat_detection_enabled.deny) == 0 with input as _server("Novelty")
}
