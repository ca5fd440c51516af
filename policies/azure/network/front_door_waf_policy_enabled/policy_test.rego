package azure.network.front_door_waf_policy_enabled_test

import data.azure.network.front_door_waf_policy_enabled

_with(value) := {"resource": {"properties": {"policySettings": {"enabledState": value}}}}

test_denies_the_wrong_value if {
	every value in ["Disabled", "DISABLED"] {
		some finding in front_door_waf_policy_enabled.deny with input as _with(value)
		finding.path == "resource.properties.policySettings.enabledState"
		finding.actual == value
		finding.expected == "Enabled"
		count(front_door_waf_policy_enabled.unknown) == 0 with input as _with(value)
	}
}

test_passes_the_right_value if {
	every value in ["Enabled", "ENABLED"] {
		count(front_door_waf_policy_enabled.deny) == 0 with input as _with(value)
		count(front_door_waf_policy_enabled.unknown) == 0 with input as _with(value)
	}
}

test_other_value_is_unknown if {
	count(front_door_waf_policy_enabled.unknown) == 1 with input as _with("Maybe")
	count(front_door_waf_policy_enabled.deny) == 0 with input as _with("Maybe")
}

test_missing_value_is_left_to_the_engine if {
	count(front_door_waf_policy_enabled.deny) == 0 with input as {"resource": {"properties": {}}}
	count(front_door_waf_policy_enabled.unknown) == 0 with input as {"resource": {"properties": {}}}
}
