package azure.monitor.application_insights_local_authentication_disabled_test

import data.azure.monitor.application_insights_local_authentication_disabled

_with(value) := {"resource": {"properties": {"DisableLocalAuth": value}}}

test_denies_false if {
	some finding in application_insights_local_authentication_disabled.deny with input as _with(false)
	finding.path == "resource.properties.DisableLocalAuth"
	finding.actual == false
	finding.expected == true
}

test_passes_true if {
	count(application_insights_local_authentication_disabled.deny) == 0 with input as _with(true)
}

test_missing_value_is_false if {
	some finding in application_insights_local_authentication_disabled.deny with input as {"resource": {"properties": {}}}
	finding.actual == false
}
