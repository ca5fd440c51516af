package azure.cosmos.restored_account_ends_test

import data.azure.cosmos.restored_account_ends

_at := 1793491200 # 2026-11-01

_account(mode, tags) := {"context": {"at": _at}, "resource": {"properties": {"createMode": mode}, "tags": tags}}

_names := {"restore_end_tags": ["expires-on", "delete-after"]}

_verdict(account) := [count(denied), count(unclear), count(aside)] if {
	denied := restored_account_ends.deny with input as account with data.parameters as _names
	unclear := restored_account_ends.unknown with input as account with data.parameters as _names
	aside := restored_account_ends.not_applicable with input as account with data.parameters as _names
}

test_denies_no_tag if {
	some finding in restored_account_ends.deny with input as _account("restore", {"z": "1", "owner": "x"}) with data.parameters as _names
	finding.message == "no tag says when the restored account must be gone"
	finding.path == "resource.tags"
	finding.actual == ["owner", "z"]
	finding.expected == ["expires-on", "delete-after"]
}

test_denies_no_tags_at_all if {
	_verdict({"context": {"at": _at}, "resource": {"properties": {"createMode": "Restore"}}}) == [1, 0, 0]
}

test_denies_a_day_gone_by if {
	some finding in restored_account_ends.deny with input as _account("Restore", {"Delete-After": "2026-10-31T23:00:00Z"}) with data.parameters as _names
	finding.message == "the restored account should be gone since 2026-10-31T23:00:00Z"
	finding.path == "resource.tags"
	finding.actual == "2026-10-31T23:00:00Z"
	finding.expected == "a day to come"
	count(restored_account_ends.deny) == 1 with input as _account("Restore", {"expires-on": "2026-10-31"}) with data.parameters as _names
}

test_the_day_itself_passes if {
	_verdict(_account("Restore", {"expires-on": "2026-11-01"})) == [0, 0, 0]
	_verdict(_account("Restore", {"expires-on": "2027-01-31"})) == [0, 0, 0]
}

test_each_tag_counts if _verdict(_account("Restore", {"expires-on": "2027-01-31", "delete-after": "2020-01-31"})) == [1, 0, 0]

test_the_last_second_passes if {
	account := {"context": {"at": _at - 1}, "resource": {"properties": {"createMode": "Restore"}, "tags": {"expires-on": "2026-10-31"}}}
	_verdict(account) == [0, 0, 0]
}

test_no_date_is_unknown if {
	every value in ["soon", "2026-12-311"] {
		_verdict(_account("Restore", {"expires-on": value})) == [0, 1, 0]
	}
}

test_other_accounts_are_left_out if {
	_verdict(_account("default", {"expires-on": "2020-01-31"})) == [0, 0, 1]
	_verdict({"context": {"at": _at}, "resource": {"properties": {}}}) == [0, 0, 1]
}

test_other_ways_to_create_are_unknown if _verdict(_account("Clone", {"expires-on": "2027-01-31"})) == [0, 1, 0]
