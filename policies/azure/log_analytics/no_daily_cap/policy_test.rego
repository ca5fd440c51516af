package azure.log_analytics.no_daily_cap_test

import data.azure.log_analytics.no_daily_cap

_workspace(quota) := {"resource": {"properties": {"workspaceCapping": {"dailyQuotaGb": quota}}}}

test_denies_a_cap if {
	every quota in [0, 0.5, 10] {
		some finding in no_daily_cap.deny with input as _workspace(quota)
		finding.path == "resource.properties.workspaceCapping.dailyQuotaGb"
		finding.actual == quota
		finding.expected == "-1, which is no cap"
	}
}

test_passes_no_cap if count(no_daily_cap.deny) == 0 with input as _workspace(-1)

test_missing_cap_is_no_cap if count(no_daily_cap.deny) == 0 with input as {"resource": {"properties": {}}}
