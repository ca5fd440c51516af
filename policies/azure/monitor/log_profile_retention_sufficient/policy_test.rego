package azure.monitor.log_profile_retention_sufficient_test

import data.azure.monitor.log_profile_retention_sufficient

_profile(enabled, days) := {"resource": {"properties": {"retentionPolicy": {"enabled": enabled, "days": days}}}}

_limit := {"log_retention_days_min": 365}

test_denies_a_short_retention if {
	some finding in log_profile_retention_sufficient.deny with input as _profile(true, 364) with data.parameters as _limit
	finding.path == "resource.properties.retentionPolicy.days"
	finding.actual == 364
	finding.expected == "at least 365 days"
}

test_one_day_is_short if count(log_profile_retention_sufficient.deny) == 1 with input as _profile(true, 1) with data.parameters as _limit

test_passes_what_is_long_enough_or_has_no_end if {
	every profile in [_profile(true, 365), _profile(true, 0), _profile(false, 30)] {
		count(log_profile_retention_sufficient.deny) == 0 with input as profile with data.parameters as _limit
	}
}
