package azure.sql_managed_instance.long_term_retention_bounded_test

import data.azure.sql_managed_instance.long_term_retention_bounded

_database(weekly, monthly, yearly) := {"resource": {"name": "ledger"}, "children": {"backupLongTermRetentionPolicies": {"default": {"properties": {"weeklyRetention": weekly, "monthlyRetention": monthly, "yearlyRetention": yearly}}}}}

_limit := {"sql_long_term_retention_days_max": 3650}

_denies(database, path) if {
	count(long_term_retention_bounded.deny) == 1 with input as database with data.parameters as _limit
	some finding in long_term_retention_bounded.deny with input as database with data.parameters as _limit
	finding.path == path
	finding.actual == "P11Y"
	finding.expected == "at most 3650 days"
}

test_denies_each_that_lives_too_long if {
	_denies(_database("P11Y", "PT0S", "PT0S"), "children.backupLongTermRetentionPolicies.default.properties.weeklyRetention")
	_denies(_database("PT0S", "P11Y", "PT0S"), "children.backupLongTermRetentionPolicies.default.properties.monthlyRetention")
	_denies(_database("PT0S", "PT0S", "P11Y"), "children.backupLongTermRetentionPolicies.default.properties.yearlyRetention")
}

test_passes_the_bound if {
	every database in [_database("P10Y", "P12M", "P10Y"), _database("PT0S", "PT0S", "PT0S")] {
		count(long_term_retention_bounded.deny) == 0 with input as database with data.parameters as _limit
		count(long_term_retention_bounded.unknown) == 0 with input as database with data.parameters as _limit
	}
}

test_parameter_moves_the_bound if count(long_term_retention_bounded.deny) == 1 with input as _database("PT0S", "PT0S", "P10Y") with data.parameters as {"sql_long_term_retention_days_max": 3649}

test_missing_policy_keeps_nothing if {
	count(long_term_retention_bounded.deny) == 0 with input as {"resource": {"name": "ledger"}} with data.parameters as _limit
	count(long_term_retention_bounded.unknown) == 0 with input as {"resource": {"name": "ledger"}} with data.parameters as _limit
}

test_what_is_no_duration_is_unknown if {
	every database in [_database("soon", "PT0S", "PT0S"), _database("PT0S", "soon", "PT0S"), _database("PT0S", "PT0S", "soon")] {
		count(long_term_retention_bounded.unknown) == 1 with input as database with data.parameters as _limit
	}
}
