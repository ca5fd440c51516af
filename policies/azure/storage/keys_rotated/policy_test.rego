package azure.storage.keys_rotated_test

import data.azure.storage.keys_rotated

_at := 1793491200 # 2026-11-01

_account(times, shared) := {"context": {"at": _at}, "resource": {"properties": {"keyCreationTime": times, "allowSharedKeyAccess": shared}}}

_limit := {"access_key_age_days_max": 90}

_verdict(account) := [count(denied), count(unclear)] if {
	denied := keys_rotated.deny with input as account with data.parameters as _limit
	unclear := keys_rotated.unknown with input as account with data.parameters as _limit
}

test_denies_an_old_key if {
	some finding in keys_rotated.deny with input as _account({"key1": "2026-08-02T12:00:00Z", "key2": "2026-10-01T00:00:00Z"}, true) with data.parameters as _limit
	finding.message == "key1 is 90 days old"
	finding.path == "resource.properties.keyCreationTime.key1"
	finding.actual == "2026-08-02T12:00:00Z"
	finding.expected == "at most 90 days ago"
}

test_each_key_counts if {
	_verdict(_account({"key1": "2020-01-01T00:00:00.1234567Z", "key2": "2020-01-01T00:00:00Z"}, true)) == [2, 0]
	_verdict(_account({"key1": "2026-10-01T00:00:00Z", "key2": "2020-01-01T00:00:00Z"}, true)) == [1, 0]
}

test_ninety_days_pass if _verdict(_account({"key1": "2026-08-03T00:00:00Z", "key2": "2026-10-31T00:00:00Z"}, true)) == [0, 0]

test_no_time_is_unknown if _verdict(_account({"key1": "yesterday", "key2": "2026-10-31T00:00:00Z"}, true)) == [0, 1]

test_refused_keys_may_be_old if _verdict(_account({"key1": "2020-10-01T00:00:00Z"}, false)) == [0, 0]

test_keys_are_allowed_by_default if {
	account := {"context": {"at": _at}, "resource": {"properties": {"keyCreationTime": {"key2": "2020-10-01T00:00:00Z"}}}}
	some finding in keys_rotated.deny with input as account with data.parameters as _limit
	finding.path == "resource.properties.keyCreationTime.key2"
}
