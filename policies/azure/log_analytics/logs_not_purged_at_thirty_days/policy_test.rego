package azure.log_analytics.logs_not_purged_at_thirty_days_test

import data.azure.log_analytics.logs_not_purged_at_thirty_days

_in(value) := {"resource": {"properties": {"features": {"immediatePurgeDataOn30Days": value}}}}

test_denies_the_bad if {
	some finding in logs_not_purged_at_thirty_days.deny with input as _in(true)
	finding.path == "resource.properties.features.immediatePurgeDataOn30Days"
	finding.actual == true
	finding.expected == false
}

test_passes_the_good if count(logs_not_purged_at_thirty_days.deny) == 0 with input as _in(false)

test_takes_a_missing_property_for_the_good if count(logs_not_purged_at_thirty_days.deny) == 0 with input as {"resource": {"properties": {}}}
