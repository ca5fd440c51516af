package azure.cosmos.failover_automatic_test

import data.azure.cosmos.failover_automatic

_two := [{"locationName": "West Europe"}, {"locationName": "North Europe"}]

_account(automatic, writers) := {"resource": {"properties": {"locations": _two, "enableAutomaticFailover": automatic, "enableMultipleWriteLocations": writers}}}

test_denies_failover_by_hand if {
	every account in [_account(false, false), {"resource": {"properties": {"locations": _two}}}] {
		some finding in failover_automatic.deny with input as account
		finding.path == "resource.properties.enableAutomaticFailover"
		finding.actual == false
		finding.expected == true
		count(failover_automatic.not_applicable) == 0 with input as account
	}
}

test_passes_what_needs_no_hand if {
	every account in [_account(true, false), _account(false, true), _account(true, true)] {
		count(failover_automatic.deny) == 0 with input as account
		count(failover_automatic.not_applicable) == 0 with input as account
	}
}

test_ignores_one_region if {
	some reason in failover_automatic.not_applicable with input as {"resource": {"properties": {"locations": [{"locationName": "West Europe"}]}}}
	reason == "the account stands in one region"
}
