package azure.storage.log_archive_refuses_shared_keys_test

import data.azure.storage.log_archive_refuses_shared_keys

_account(properties, sources) := {"resource": {"properties": properties}, "related": {"log_sources": sources}}

_two := {"/a": {"name": "a"}, "/b": {"name": "b"}}

_verdict(account) := [count(denied), count(aside)] if {
	denied := log_archive_refuses_shared_keys.deny with input as account
	aside := log_archive_refuses_shared_keys.not_applicable with input as account
}

test_denies_keys if {
	some finding in log_archive_refuses_shared_keys.deny with input as _account({"allowSharedKeyAccess": true}, _two)
	startswith(finding.message, "2 diagnostic settings")
	finding.path == "resource.properties.allowSharedKeyAccess"
	finding.actual == true
	finding.expected == false
}

test_keys_work_by_default if _verdict(_account({}, {"/a": {"name": "a"}})) == [1, 0]

test_refused_keys_pass if _verdict(_account({"allowSharedKeyAccess": false}, _two)) == [0, 0]

test_an_account_without_logs_is_left_out if _verdict(_account({"allowSharedKeyAccess": true}, {})) == [0, 1]
