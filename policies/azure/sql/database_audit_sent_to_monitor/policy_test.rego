package azure.sql.database_audit_sent_to_monitor_test

import data.azure.sql.database_audit_sent_to_monitor

_setting(value) := {"resource": {"properties": {"isAzureMonitorTargetEnabled": value, "state": "Enabled"}}}

test_denies_false if {
	some finding in database_audit_sent_to_monitor.deny with input as _setting(false)
	finding.path == "resource.properties.isAzureMonitorTargetEnabled"
	finding.actual == false
	finding.expected == true
}

test_passes_true if {
	count(database_audit_sent_to_monitor.deny) == 0 with input as _setting(true)
	count(database_audit_sent_to_monitor.not_applicable) == 0 with input as _setting(true)
}

test_missing_setting_is_false if {
	some finding in database_audit_sent_to_monitor.deny with input as {"resource": {"properties": {"state": "Enabled"}}}
	finding.actual == false
}

test_ignores_what_is_off if {
	some reason in database_audit_sent_to_monitor.not_applicable with input as {"resource": {"properties": {"isAzureMonitorTargetEnabled": false, "state": "disabled"}}}
	reason == "auditing is off"
}

test_other_state_is_unknown if {
	count(database_audit_sent_to_monitor.unknown) == 1 with input as {"resource": {"properties": {"state": "Paused"}}}
	every state in ["Enabled", "enabled", "Disabled"] {
		count(database_audit_sent_to_monitor.unknown) == 0 with input as {"resource": {"properties": {"state": state}}}
	}
}
