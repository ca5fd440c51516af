package azure.log_analytics.table_retention_sufficient_test

import data.azure.log_analytics.table_retention_sufficient

_with(value) := {"resource": {"properties": {"totalRetentionInDays": value}}}

_limit := {"log_retention_days_min": 40}

test_denies_beyond_the_limit if {
	some finding in table_retention_sufficient.deny with input as _with(39) with data.parameters as _limit
	finding.path == "resource.properties.totalRetentionInDays"
	finding.actual == 39
	finding.expected == "at least 40 days"
}

test_passes_the_limit if {
	every value in [40, 41] {
		count(table_retention_sufficient.deny) == 0 with input as _with(value) with data.parameters as _limit
	}
}

test_missing_value_is_left_to_the_engine if {
	count(table_retention_sufficient.deny) == 0 with input as {"resource": {"properties": {}}} with data.parameters as _limit
}
