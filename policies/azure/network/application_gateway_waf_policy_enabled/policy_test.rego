package azure.network.application_gateway_waf_policy_enabled_test

import data.azure.network.application_gateway_waf_policy_enabled

_with(value) := {"resource": {"properties": {"policySettings": {"state": value}}}}

test_denies_the_wrong_value if {
	every value in ["Disabled", "DISABLED"] {
		some finding in application_gateway_waf_policy_enabled.deny with input as _with(value)
		finding.path == "resource.properties.policySettings.state"
		finding.actual == value
		finding.expected == "Enabled"
		count(application_gateway_waf_policy_enabled.unknown) == 0 with input as _with(value)
	}
}

test_passes_the_right_value if {
	every value in ["Enabled", "ENABLED"] {
		count(application_gateway_waf_policy_enabled.deny) == 0 with input as _with(value)
		count(application_gateway_waf_policy_enabled.unknown) == 0 with input as _with(value)
	}
}

test_other_value_is_unknown if {
	count(application_gateway_waf_policy_enabled.unknown) == 1 with input as _with("Maybe")
	count(application_gateway_waf_policy_enabled.deny) == 0 with input as _with("Maybe")
}

test_missing_value_is_left_to_the_engine if {
	count(application_gateway_waf_policy_enabled.deny) == 0 with input as {"resource": {"properties": {}}}
	count(application_gateway_waf_policy_enabled.unknown) == 0 with input as {"resource": {"properties": {}}}
}
