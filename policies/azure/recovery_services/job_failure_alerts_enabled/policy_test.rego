package azure.recovery_services.job_failure_alerts_enabled_test

import data.azure.recovery_services.job_failure_alerts_enabled

_with(value) := {"resource": {"properties": {"monitoringSettings": {"azureMonitorAlertSettings": {"alertsForAllJobFailures": value}}}}}

test_denies_the_wrong_value if {
	every value in ["Disabled", "DISABLED"] {
		some finding in job_failure_alerts_enabled.deny with input as _with(value)
		finding.path == "resource.properties.monitoringSettings.azureMonitorAlertSettings.alertsForAllJobFailures"
		finding.actual == value
		finding.expected == "Enabled"
		count(job_failure_alerts_enabled.unknown) == 0 with input as _with(value)
	}
}

test_passes_the_right_value if {
	every value in ["Enabled", "ENABLED"] {
		count(job_failure_alerts_enabled.deny) == 0 with input as _with(value)
		count(job_failure_alerts_enabled.unknown) == 0 with input as _with(value)
	}
}

test_other_value_is_unknown if {
	count(job_failure_alerts_enabled.unknown) == 1 with input as _with("Maybe")
	count(job_failure_alerts_enabled.deny) == 0 with input as _with("Maybe")
}

test_missing_value_is_left_to_the_engine if {
	count(job_failure_alerts_enabled.deny) == 0 with input as {"resource": {"properties": {}}}
	count(job_failure_alerts_enabled.unknown) == 0 with input as {"resource": {"properties": {}}}
}
