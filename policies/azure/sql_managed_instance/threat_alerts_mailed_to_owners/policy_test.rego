package azure.sql_managed_instance.threat_alerts_mailed_to_owners_test

import data.azure.sql_managed_instance.threat_alerts_mailed_to_owners

_setting(value) := {"resource": {"properties": {"emailAccountAdmins": value, "state": "Enabled"}}}

test_denies_false if {
	some finding in threat_alerts_mailed_to_owners.deny with input as _setting(false)
	finding.path == "resource.properties.emailAccountAdmins"
	finding.actual == false
	finding.expected == true
}

test_passes_true if {
	count(threat_alerts_mailed_to_owners.deny) == 0 with input as _setting(true)
	count(threat_alerts_mailed_to_owners.not_applicable) == 0 with input as _setting(true)
}

test_missing_setting_is_false if {
	some finding in threat_alerts_mailed_to_owners.deny with input as {"resource": {"properties": {"state": "Enabled"}}}
	finding.actual == false
}

test_ignores_what_is_off if {
	some reason in threat_alerts_mailed_to_owners.not_applicable with input as {"resource": {"properties": {"emailAccountAdmins": false, "state": "disabled"}}}
	reason == "threat detection is off"
}

test_other_state_is_unknown if {
	count(threat_alerts_mailed_to_owners.unknown) == 1 with input as {"resource": {"properties": {"state": "Paused"}}}
	every state in ["Enabled", "enabled", "Disabled", "New"] {
		count(threat_alerts_mailed_to_owners.unknown) == 0 with input as {"resource": {"properties": {"state": state}}}
	}
}

test_ignores_what_is_new if count(threat_alerts_mailed_to_owners.not_applicable) == 1 with input as {"resource": {"properties": {"state": "New"}}}
