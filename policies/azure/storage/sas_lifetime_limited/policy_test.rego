package azure.storage.sas_lifetime_limited_test

import data.azure.storage.sas_lifetime_limited

_account(period) := {"resource": {"properties": {"sasPolicy": {"sasExpirationPeriod": period}}}}

_week := {"sas_lifetime_days_max": 7}

test_denies_what_is_longer if {
	every period in ["8.00:00:00", "7.00:00:01", "30.12:00:00"] {
		count(sas_lifetime_limited.deny) == 1 with input as _account(period) with data.parameters as _week
		some finding in sas_lifetime_limited.deny with input as _account(period) with data.parameters as _week
		finding.path == "resource.properties.sasPolicy.sasExpirationPeriod"
		finding.actual == period
		finding.expected == "at most 7 days"
		count(sas_lifetime_limited.unknown) == 0 with input as _account(period) with data.parameters as _week
	}
}

test_passes_what_is_not_longer if {
	every period in ["7.00:00:00", "6.23:59:59", "0.01:00:00"] {
		count(sas_lifetime_limited.deny) == 0 with input as _account(period) with data.parameters as _week
		count(sas_lifetime_limited.unknown) == 0 with input as _account(period) with data.parameters as _week
	}
}

test_missing_policy_is_no_limit if {
	count(sas_lifetime_limited.deny) == 1 with input as {"resource": {"properties": {}}} with data.parameters as _week
	some finding in sas_lifetime_limited.deny with input as {"resource": {"properties": {}}} with data.parameters as _week
	finding.path == "resource.properties.sasPolicy.sasExpirationPeriod"
	finding.actual == "none"
	finding.expected == "at most 7 days"
	count(sas_lifetime_limited.unknown) == 0 with input as {"resource": {"properties": {}}} with data.parameters as _week
}

test_other_text_is_unknown if {
	every period in ["P7D", "7.0:0:0", "x7.00:00:00", "7.00:00:00x", "7x00:00:00"] {
		count(sas_lifetime_limited.unknown) == 1 with input as _account(period) with data.parameters as _week
		count(sas_lifetime_limited.deny) == 0 with input as _account(period) with data.parameters as _week
	}
}
