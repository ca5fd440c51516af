package azure.network.application_gateway_waf_policy_prevents_test

import data.azure.network.application_gateway_waf_policy_prevents

_with(value) := {"resource": {"properties": {"policySettings": {"mode": value}}}}

test_denies_the_wrong_value if {
	every value in ["Detection", "DETECTION"] {
		some finding in application_gateway_waf_policy_prevents.deny with input as _with(value)
		finding.path == "resource.properties.policySettings.mode"
		finding.actual == value
		finding.expected == "Prevention"
		count(application_gateway_waf_policy_prevents.unknown) == 0 with input as _with(value)
	}
}

test_passes_the_right_value if {
	every value in ["Prevention", "PREVENTION"] {
		count(application_gateway_waf_policy_prevents.deny) == 0 with input as _with(value)
		count(application_gateway_waf_policy_prevents.unknown) == 0 with input as _with(value)
	}
}

test_other_value_is_unknown if {
	count(application_gateway_waf_policy_prevents.unknown) == 1 with input as _with("Maybe")
	count(application_gateway_waf_policy_prevents.deny) == 0 with input as _with("Maybe")
}

test_missing_value_is_left_to_the_engine if {
	count(application_gateway_waf_policy_prevents.deny) == 0 with input as {"resource": {"properties": {}}}
	count(application_gateway_waf_policy_prevents.unknown) == 0 with input as {"resource": {"properties": {}}}
}
