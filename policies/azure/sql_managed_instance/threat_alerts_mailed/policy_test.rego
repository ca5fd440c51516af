package azure.sql_managed_instance.threat_alerts_mailed_test

import data.azure.sql_managed_instance.threat_alerts_mailed

_policy(entries) := {"resource": {"properties": {"state": "enabled", "emailAddresses": entries}}}

test_denies_what_is_bad if {
	every entries in [[], [""], [" "]] {
		some finding in threat_alerts_mailed.deny with input as _policy(entries)
		finding.path == "resource.properties.emailAddresses"
		finding.actual == entries
		finding.expected == "at least one address"
		count(threat_alerts_mailed.unknown) == 0 with input as _policy(entries)
	}
}

test_passes_what_is_good if {
	every entries in [["soc@example.com"], ["", "soc@example.com"]] {
		count(threat_alerts_mailed.deny) == 0 with input as _policy(entries)
		count(threat_alerts_mailed.unknown) == 0 with input as _policy(entries)
		count(threat_alerts_mailed.not_applicable) == 0 with input as _policy(entries)
	}
}

test_missing_list_is_empty if {
	count(threat_alerts_mailed.deny) == 1 with input as {"resource": {"properties": {"state": "enabled"}}}
	count(threat_alerts_mailed.unknown) == 0 with input as {"resource": {"properties": {"state": "enabled"}}}
}

test_what_is_no_text_is_unknown if count(threat_alerts_mailed.unknown) == 1 with input as _policy([7])

test_ignores_what_is_off if {
	every switch in ["Disabled", "disabled", "New"] {
		some reason in threat_alerts_mailed.not_applicable with input as {"resource": {"properties": {"state": switch}}}
		reason == "threat detection is off"
		count(threat_alerts_mailed.unknown) == 0 with input as {"resource": {"properties": {"state": switch}}}
	}
}

test_other_state_is_unknown if count(threat_alerts_mailed.unknown) == 1 with input as {"resource": {"properties": {"state": "Paused"}}}
