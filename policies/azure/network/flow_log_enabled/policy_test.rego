package azure.network.flow_log_enabled_test

import data.azure.network.flow_log_enabled

_with(value) := {"resource": {"properties": {"enabled": value}}}

test_denies_false if {
	some finding in flow_log_enabled.deny with input as _with(false)
	finding.path == "resource.properties.enabled"
	finding.actual == false
	finding.expected == true
}

test_passes_true if {
	count(flow_log_enabled.deny) == 0 with input as _with(true)
}

test_missing_value_is_false if {
	some finding in flow_log_enabled.deny with input as {"resource": {"properties": {}}}
	finding.actual == false
}
