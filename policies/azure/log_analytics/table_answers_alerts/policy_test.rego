package azure.log_analytics.table_answers_alerts_test

import data.azure.log_analytics.table_answers_alerts

_in(name, plan) := {"resource": {"name": name, "properties": {"plan": plan}}}

_tables := {"log_tables_for_alerts": ["SigninLogs"]}

test_denies_cheap_plans if {
	every plan in ["Basic", "Auxiliary", "BASIC"] {
		some finding in table_answers_alerts.deny with input as _in("SigninLogs", plan) with data.parameters as _tables
		finding.path == "resource.properties.plan"
		finding.actual == plan
		finding.expected == "Analytics"
		count(table_answers_alerts.unknown) == 0 with input as _in("SigninLogs", plan) with data.parameters as _tables
	}
}

test_passes_analytics if {
	every table in [_in("signinlogs", "Analytics"), {"resource": {"name": "SigninLogs", "properties": {}}}] {
		count(table_answers_alerts.deny) == 0 with input as table with data.parameters as _tables
		count(table_answers_alerts.unknown) == 0 with input as table with data.parameters as _tables
		count(table_answers_alerts.not_applicable) == 0 with input as table with data.parameters as _tables
	}
}

test_other_tables_do_not_count if {
	some reason in table_answers_alerts.not_applicable with input as _in("Perf", "Basic") with data.parameters as _tables
	reason == "detection does not rest on this table"
}

test_other_plan_is_unknown if count(table_answers_alerts.unknown) == 1 with input as _in("SigninLogs", "Gold") with data.parameters as _tables
