package azure.monitor.query_alert_notifies_test

import data.azure.monitor.query_alert_notifies

_rule(kind, properties) := {"resource": {"kind": kind, "properties": properties}}

_group := {"actionGroups": ["/x/ActionGroups/g"]}

_verdict(rule) := [count(denied), count(unclear)] if {
	denied := query_alert_notifies.deny with input as rule
	unclear := query_alert_notifies.unknown with input as rule
}

test_denies_a_rule_that_is_off if {
	some finding in query_alert_notifies.deny with input as _rule("LogAlert", {"enabled": false, "actions": _group})
	finding.message == "the rule is off"
	finding.path == "resource.properties.enabled"
	finding.actual == false
	finding.expected == true
}

test_denies_a_rule_without_group if {
	some finding in query_alert_notifies.deny with input as _rule("logalert", {"enabled": true, "actions": {"actionGroups": []}})
	finding.message == "the rule has no action group"
	finding.path == "resource.properties.actions.actionGroups"
	finding.actual == 0
	finding.expected == "an action group"
}

test_rule_is_on_by_default if _verdict({"resource": {"properties": {"actions": _group}}}) == [0, 0]

test_nothing_said_is_an_alert_without_group if _verdict({"resource": {"properties": {}}}) == [1, 0]

test_a_name_is_no_group if _verdict(_rule("LogAlert", {"actions": {"actionGroups": ["operations"]}})) == [1, 0]

test_both_faults_are_found if _verdict(_rule("LogAlert", {"enabled": false})) == [2, 0]

test_metric_needs_no_group if _verdict(_rule("LogToMetric", {"enabled": false})) == [0, 0]

test_other_kind_is_unknown if _verdict(_rule("Oracle", {})) == [0, 1]
