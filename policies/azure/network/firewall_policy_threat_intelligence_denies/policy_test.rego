package azure.network.firewall_policy_threat_intelligence_denies_test

import data.azure.network.firewall_policy_threat_intelligence_denies

_with(value) := {"resource": {"properties": {"threatIntelMode": value}}}

test_denies_the_wrong_value if {
	every value in ["Alert", "ALERT", "Off", "OFF"] {
		some finding in firewall_policy_threat_intelligence_denies.deny with input as _with(value)
		finding.path == "resource.properties.threatIntelMode"
		finding.actual == value
		finding.expected == "Deny"
		count(firewall_policy_threat_intelligence_denies.unknown) == 0 with input as _with(value)
	}
}

test_passes_the_right_value if {
	every value in ["Deny", "DENY"] {
		count(firewall_policy_threat_intelligence_denies.deny) == 0 with input as _with(value)
		count(firewall_policy_threat_intelligence_denies.unknown) == 0 with input as _with(value)
	}
}

test_other_value_is_unknown if {
	count(firewall_policy_threat_intelligence_denies.unknown) == 1 with input as _with("Maybe")
	count(firewall_policy_threat_intelligence_denies.deny) == 0 with input as _with("Maybe")
}

test_missing_value_is_alert if {
	some finding in firewall_policy_threat_intelligence_denies.deny with input as {"resource": {"properties": {}}}
	finding.actual == "Alert"
}
