package azure.network.flow_log_retention_sufficient_test

import data.azure.network.flow_log_retention_sufficient

_log(enabled, days) := {"resource": {"properties": {"retentionPolicy": {"enabled": enabled, "days": days}}}}

_limit(unlimited) := {"flow_log_retention_days_min": 90, "flow_log_unlimited_allowed": unlimited}

_count(it, unlimited) := count(denied) if {
	denied := flow_log_retention_sufficient.deny with input as it with data.parameters as _limit(unlimited)
}

test_denies_a_short_retention if {
	some finding in flow_log_retention_sufficient.deny with input as _log(true, 89) with data.parameters as _limit(true)
	finding.path == "resource.properties.retentionPolicy.days"
	finding.actual == 89
	finding.expected == "at least 90 days"
}

test_one_day_is_short if _count(_log(true, 1), true) == 1

test_passes_the_limit if {
	_count(_log(true, 90), true) == 0
	_count(_log(true, 90), false) == 0
}

test_denies_no_retention if {
	every it in [_log(false, 0), _log(false, 365), _log(true, 0)] {
		some finding in flow_log_retention_sufficient.deny with input as it with data.parameters as _limit(false)
		finding.path == "resource.properties.retentionPolicy.enabled"
		finding.actual == "no retention policy"
		finding.expected == "at least 90 days"
	}
}

test_denies_no_retention_once if _count(_log(true, 0), false) == 1

test_passes_no_retention_where_allowed if {
	every it in [_log(false, 0), _log(false, 30), _log(true, 0)] {
		_count(it, true) == 0
	}
}

test_missing_state_is_left_to_the_engine if _count({"resource": {"properties": {"retentionPolicy": {"days": 7}}}}, true) == 0
