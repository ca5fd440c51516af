package azure.data_explorer.callouts_name_targets_test

import data.azure.data_explorer.callouts_name_targets

_in(access, text) := {"resource": {"properties": {"calloutPolicies": [{"calloutType": "kusto", "calloutUriRegex": "adx[.]example[.]com", "outboundAccess": "Allow"}, {"calloutType": "sql", "calloutUriRegex": text, "outboundAccess": access}]}}}

test_denies_any_target if {
	every text in ["*", ".*", "^.*$", ".+", "^.+$", "", " * "] {
		some finding in callouts_name_targets.deny with input as _in("allow", text)
		finding.path == "resource.properties.calloutPolicies"
		finding.actual == ["sql"]
		finding.expected == "named targets"
		finding.message == "callouts of the kind sql may go anywhere"
		count(callouts_name_targets.unknown) == 0 with input as _in("allow", text)
	}
}

test_passes_named_targets_and_refusals if {
	every cluster in [_in("Allow", "sql-01[.]database[.]windows[.]net"), _in("Deny", "*"), {"resource": {"properties": {"calloutPolicies": []}}}] {
		count(callouts_name_targets.deny) == 0 with input as cluster
		count(callouts_name_targets.unknown) == 0 with input as cluster
	}
}

test_unclear_policies_are_unknown if {
	count(callouts_name_targets.unknown) == 1 with input as _in("Perhaps", "*")
	count(callouts_name_targets.unknown) == 1 with input as {"resource": {"properties": {"calloutPolicies": [{"calloutType": "sql", "outboundAccess": "Allow"}]}}}
	count(callouts_name_targets.unknown) == 1 with input as {"resource": {"properties": {"calloutPolicies": [{"calloutUriRegex": "a", "outboundAccess": "Allow"}]}}}
	count(callouts_name_targets.unknown) == 1 with input as {"resource": {"properties": {"calloutPolicies": [{"calloutUriRegex": "a", "calloutType": "sql"}]}}}
}
