package azure.log_analytics.retention_bounded_test

import data.azure.log_analytics.retention_bounded

_with(value) := {"resource": {"properties": {"retentionInDays": value}}}

_limit := {"log_retention_days_max": 40}

test_denies_beyond_the_limit if {
	some finding in retention_bounded.deny with input as _with(41) with data.parameters as _limit
	finding.path == "resource.properties.retentionInDays"
	finding.actual == 41
	finding.expected == "at most 40 days"
}

test_passes_the_limit if {
	every value in [40, 39] {
		count(retention_bounded.deny) == 0 with input as _with(value) with data.parameters as _limit
	}
}

test_missing_value_is_left_to_the_engine if {
	count(retention_bounded.deny) == 0 with input as {"resource": {"properties": {}}} with data.parameters as _limit
}
