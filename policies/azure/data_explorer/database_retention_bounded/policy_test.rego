package azure.data_explorer.database_retention_bounded_test

import data.azure.data_explorer.database_retention_bounded

_in(period, kind) := {"resource": {"kind": kind, "properties": {"softDeletePeriod": period}}}

_limit := {"kusto_retention_days_max": 1825}

test_denies_what_lives_too_long if {
	some finding in database_retention_bounded.deny with input as _in("P1826D", "readwrite") with data.parameters as _limit
	finding.path == "resource.properties.softDeletePeriod"
	finding.actual == "P1826D"
	finding.expected == "at most 1825 days"
	count(database_retention_bounded.unknown) == 0 with input as _in("P1826D", "readwrite") with data.parameters as _limit
}

test_missing_period_is_a_hundred_years if {
	some finding in database_retention_bounded.deny with input as {"resource": {"kind": "ReadWrite", "properties": {}}} with data.parameters as _limit
	finding.actual == "P36500D"
}

test_passes_the_bound if {
	count(database_retention_bounded.deny) == 0 with input as _in("P1825D", "ReadWrite") with data.parameters as _limit
	count(database_retention_bounded.deny) == 1 with input as _in("P1825D", "ReadWrite") with data.parameters as {"kusto_retention_days_max": 1824}
	count(database_retention_bounded.unknown) == 0 with input as _in("P1825D", "ReadWrite") with data.parameters as _limit
	count(database_retention_bounded.not_applicable) == 0 with input as _in("P1825D", "ReadWrite") with data.parameters as _limit
}

test_followers_do_not_count if {
	some reason in database_retention_bounded.not_applicable with input as _in("P36500D", "ReadOnlyFollowing") with data.parameters as _limit
	reason == "the database follows another"
	count(database_retention_bounded.unknown) == 0 with input as _in("P36500D", "ReadOnlyFollowing") with data.parameters as _limit
}

test_other_texts_are_unknown if {
	count(database_retention_bounded.unknown) == 1 with input as _in("for ever", "ReadWrite") with data.parameters as _limit
	count(database_retention_bounded.unknown) == 1 with input as _in("P1D", "Mirror") with data.parameters as _limit
}
