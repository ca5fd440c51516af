package azure.sql_managed_instance.long_term_retention_sufficient_test

import data.azure.sql_managed_instance.long_term_retention_sufficient

_database(weekly, monthly, yearly) := {"resource": {"name": "ledger"}, "children": {"backupLongTermRetentionPolicies": {"default": {"properties": {"weeklyRetention": weekly, "monthlyRetention": monthly, "yearlyRetention": yearly}}}}}

_limit := {"sql_long_term_retention_days_min": 90}

test_denies_no_long_term_backups if {
	every database in [_database("PT0S", "PT0S", "PT0S"), {"resource": {"name": "ledger"}}] {
		some finding in long_term_retention_sufficient.deny with input as database with data.parameters as _limit
		finding.path == "children.backupLongTermRetentionPolicies.default.properties.monthlyRetention"
		finding.actual == "weekly PT0S, monthly PT0S, yearly PT0S"
		finding.expected == "at least 90 days"
		count(long_term_retention_sufficient.unknown) == 0 with input as database with data.parameters as _limit
	}
}

test_denies_weeks_that_are_too_few if count(long_term_retention_sufficient.deny) == 1 with input as _database("P4W", "PT0S", "PT0S") with data.parameters as _limit

test_passes_any_that_lives_long_enough if {
	every database in [_database("P90D", "PT0S", "PT0S"), _database("PT0S", "P91D", "PT0S"), _database("PT0S", "PT0S", "P1Y")] {
		count(long_term_retention_sufficient.deny) == 0 with input as database with data.parameters as _limit
		count(long_term_retention_sufficient.unknown) == 0 with input as database with data.parameters as _limit
	}
}

test_passes_one_day_more_than_too_few if {
	count(long_term_retention_sufficient.deny) == 1 with input as _database("P89D", "PT0S", "PT0S") with data.parameters as _limit
}

test_parameter_moves_the_minimum if {
	count(long_term_retention_sufficient.deny) == 1 with input as _database("P90D", "PT0S", "PT0S") with data.parameters as {"sql_long_term_retention_days_min": 91}
}

test_what_is_no_duration_is_unknown if {
	every database in [_database("soon", "PT0S", "PT0S"), _database("PT0S", "soon", "PT0S"), _database("PT0S", "PT0S", "soon")] {
		count(long_term_retention_sufficient.unknown) == 1 with input as database with data.parameters as _limit
	}
}
