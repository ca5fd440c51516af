package azure.storage.log_archive_versions_held_test

import data.azure.storage.log_archive_versions_held

_account(properties, sources) := {"resource": {"properties": {"immutableStorageWithVersioning": properties}}, "related": {"log_sources": sources}}

_one := {"/a": {"name": "a"}}

_held(days, state) := {"enabled": true, "immutabilityPolicy": {"immutabilityPeriodSinceCreationInDays": days, "state": state}}

_limit := {"log_immutability_days_min": 90}

_verdict(account) := [count(denied), count(unclear), count(aside)] if {
	denied := log_archive_versions_held.deny with input as account with data.parameters as _limit
	unclear := log_archive_versions_held.unknown with input as account with data.parameters as _limit
	aside := log_archive_versions_held.not_applicable with input as account with data.parameters as _limit
}

test_denies_a_short_period if {
	some finding in log_archive_versions_held.deny with input as _account(_held(89, "Locked"), _one) with data.parameters as _limit
	finding.message == "new logs are immutable for 89 days"
	finding.path == "resource.properties.immutableStorageWithVersioning.immutabilityPolicy.immutabilityPeriodSinceCreationInDays"
	finding.actual == 89
	finding.expected == "at least 90 days"
}

test_the_bound_passes if {
	_verdict(_account(_held(90, "LOCKED"), _one)) == [0, 0, 0]
	_verdict(_account(_held(90, "unlocked"), _one)) == [0, 0, 0]
}

test_no_policy_is_no_day if {
	some finding in log_archive_versions_held.deny with input as _account({"enabled": true}, _one) with data.parameters as _limit
	finding.actual == 0
}

test_no_policy_is_denied if {
	_verdict(_account({"enabled": true}, _one)) == [1, 0, 0]
	_verdict(_account(_held(90, "disabled"), _one)) == [1, 0, 0]
	_verdict(_account({"enabled": true, "immutabilityPolicy": {"immutabilityPeriodSinceCreationInDays": 90}}, _one)) == [1, 0, 0]
}

test_other_state_is_unknown if _verdict(_account(_held(90, "Melted"), _one)) == [0, 1, 0]

test_accounts_without_logs_or_versions_are_left_out if {
	_verdict(_account(_held(90, "Locked"), {})) == [0, 0, 1]
	_verdict(_account({"enabled": false}, _one)) == [1, 0, 1]
	_verdict({"resource": {"properties": {}}, "related": {"log_sources": _one}}) == [1, 0, 1]
}
