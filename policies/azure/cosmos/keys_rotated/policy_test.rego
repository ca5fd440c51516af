package azure.cosmos.keys_rotated_test

import data.azure.cosmos.keys_rotated

_at := 1793491200 # 2026-11-01

_account(times) := {"context": {"at": _at}, "resource": {"properties": {"keysMetadata": {name: {"generationTime": text} | some name, text in times}}}}

_limit := {"access_key_age_days_max": 90}

_verdict(account) := [count(denied), count(unclear)] if {
	denied := keys_rotated.deny with input as account with data.parameters as _limit
	unclear := keys_rotated.unknown with input as account with data.parameters as _limit
}

test_denies_an_old_key if {
	some finding in keys_rotated.deny with input as _account({"primaryMasterKey": "2026-08-02T12:00:00Z"}) with data.parameters as _limit
	finding.message == "primaryMasterKey is 90 days old"
	finding.path == "resource.properties.keysMetadata.primaryMasterKey.generationTime"
	finding.actual == "2026-08-02T12:00:00Z"
	finding.expected == "at most 90 days ago"
}

test_each_key_counts if {
	every name in ["primaryMasterKey", "primaryReadonlyMasterKey", "secondaryMasterKey", "secondaryReadonlyMasterKey"] {
		some finding in keys_rotated.deny with input as _account({name: "2020-01-01T00:00:00.1234567Z"}) with data.parameters as _limit
		finding.path == sprintf("resource.properties.keysMetadata.%s.generationTime", [name])
	}
}

test_ninety_days_pass if _verdict(_account({"primaryMasterKey": "2026-08-03T00:00:00Z"})) == [0, 0]

test_no_time_is_unknown if _verdict(_account({"primaryMasterKey": "yesterday"})) == [0, 1]

_account_with(disabled) := object.union(_account({"primaryMasterKey": "2020-08-02T12:00:00Z"}), {"resource": {"properties": {"disableLocalAuth": disabled}}})

test_refused_keys_may_be_old if {
	_verdict(_account_with(true)) == [0, 0]
	_verdict(_account_with(false)) == [1, 0]
}
