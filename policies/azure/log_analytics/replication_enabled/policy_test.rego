package azure.log_analytics.replication_enabled_test

import data.azure.log_analytics.replication_enabled

_with(value) := {"resource": {"properties": {"replication": {"enabled": value}}}}

_required := {"log_replication_required": true}

test_denies_false if {
	some finding in replication_enabled.deny with input as _with(false) with data.parameters as _required
	finding.path == "resource.properties.replication.enabled"
	finding.actual == false
	finding.expected == true
}

test_passes_true if {
	count(replication_enabled.deny) == 0 with input as _with(true) with data.parameters as _required
	count(replication_enabled.not_applicable) == 0 with input as _with(true) with data.parameters as _required
}

test_missing_value_is_false if {
	some finding in replication_enabled.deny with input as {"resource": {"properties": {}}} with data.parameters as _required
	finding.actual == false
}

test_ignores_what_needs_no_such_setting if {
	count(replication_enabled.not_applicable) == 1 with input as _with(false) with data.parameters as {"log_replication_required": false}
}
