package azure.log_analytics.ingestion_alert_present_test

import data.azure.log_analytics.ingestion_alert_present

_workspace(rules) := {"resource": {"properties": {}}, "related": {"query_alerts": rules}}

_rule(query, more) := object.union({"name": "r", "properties": {"criteria": {"allOf": [{"query": query}]}, "actions": {"actionGroups": ["/x/actionGroups/g"]}}}, more)

_tables := {"ingestion_tables": ["Usage", "Heartbeat"]}

_findings(rules) := findings if {
	findings := ingestion_alert_present.deny with input as _workspace(rules) with data.parameters as _tables
}

test_denies_no_alert if {
	some finding in _findings({})
	finding.message == "none of 0 query alerts on the workspace names a sign of missing logs"
	finding.path == "related.query_alerts.*.properties.criteria.allOf"
	finding.actual == 0
	finding.expected == ["Heartbeat", "Usage"]
}

test_denies_other_alerts if {
	some finding in _findings({"/r": _rule("SigninLogs | where ResultType != 0", {})})
	finding.actual == 1
	count(_findings({"/r": _rule("", {}), "/s": _rule("HeartbeatOfTheHeart | UsageCount", {})})) == 1
}

test_a_watching_rule_passes if {
	every query in ["heartbeat | take 1", "union HEARTBEAT, x", "x | join (Usage) on y", "Usage"] {
		count(_findings({"/r": _rule(query, {})})) == 0
	}
}

test_denies_rules_that_are_off_or_silent if {
	off := _rule("Usage", {"name": "off", "properties": {"enabled": false}})
	silent := object.union(object.remove(_rule("Usage", {}), ["properties"]), {"name": "alone", "properties": {"criteria": {"allOf": [{"query": "Usage"}]}}})
	named := _rule("Usage", {"name": "named", "properties": {"actions": {"actionGroups": ["operations"]}}})
	count(_findings({"/o": off, "/s": silent, "/n": named})) == 1
	some finding in _findings({"/o": off, "/s": silent, "/n": named})
	finding.path == "related.query_alerts.*.properties.actions.actionGroups"
	finding.actual == ["alone", "named", "off"]
	finding.expected == "a rule that is on and has an action group"
	finding.message == "the alerts on missing logs are off or tell nobody: alone, named, off"
}

test_a_rule_on_something_else_does_not_watch if {
	off := _rule("Usage", {"properties": {"enabled": false}})
	count(_findings({"/o": off, "/x": _rule("SigninLogs", {})})) == 1
}

test_one_good_rule_is_enough if count(_findings({"/o": _rule("Usage", {"properties": {"enabled": false}}), "/r": _rule("Usage", {"properties": {"enabled": true}})})) == 0
