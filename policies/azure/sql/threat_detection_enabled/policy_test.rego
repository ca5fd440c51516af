package azure.sql.threat_detection_enabled_test

import data.azure.sql.threat_detection_enabled

_first(state) := {"children": {"securityAlertPolicies": {"Default": {"properties": {"state": state}}}}}

_second(state) := {"children": {"advancedThreatProtectionSettings": {"Default": {"properties": {"state": state}}}}}

test_denies_what_is_off if {
	every server in [_first("Disabled"), _second("disabled"), object.union(_first("disabled"), _second("Disabled")), {"resource": {"properties": {}}}, _first("New"), _second("New")] {
		some finding in threat_detection_enabled.deny with input as server
		finding.path == "children.securityAlertPolicies.Default.properties.state"
		finding.actual == "Disabled"
		finding.expected == "Enabled"
		count(threat_detection_enabled.unknown) == 0 with input as server
	}
}

test_passes_either_name if {
	every server in [_first("Enabled"), _second("enabled"), object.union(_first("Disabled"), _second("Enabled")), object.union(_first("Enabled"), _second("Disabled"))] {
		count(threat_detection_enabled.deny) == 0 with input as server
		count(threat_detection_enabled.unknown) == 0 with input as server
	}
}

test_other_state_is_unknown if {
	every server in [_first("Paused"), _second("Paused")] {
		count(threat_detection_enabled.unknown) == 1 with input as server
		count(threat_detection_enabled.deny) == 0 with input as server
	}
}
