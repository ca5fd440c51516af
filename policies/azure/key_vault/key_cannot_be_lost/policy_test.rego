package azure.key_vault.key_cannot_be_lost_test

import data.azure.key_vault.key_cannot_be_lost

_key(users, properties) := {"related": {"vault": {"id": "/vaults/kv", "properties": properties}, "key_users": {"count": users}}}

_counts(document) := [count(excluded), count(denied), count(unclear)] if {
	excluded := key_cannot_be_lost.not_applicable with input as document
	denied := key_cannot_be_lost.deny with input as document
	unclear := key_cannot_be_lost.unknown with input as document
}

test_denies_used_key_in_unprotected_vault if {
	_counts(_key(1, {"enablePurgeProtection": false})) == [0, 1, 0]
	some finding in key_cannot_be_lost.deny with input as _key(2, {"enablePurgeProtection": false})
	finding.path == "related.vault.properties.enablePurgeProtection"
	finding.actual == false
	finding.expected == true
	startswith(finding.message, "2 ")
}

test_absent_is_off if {
	_counts(_key(1, {})) == [0, 1, 0]
	some finding in key_cannot_be_lost.deny with input as _key(1, {})
	finding.actual == false
}

test_passes_used_key_in_protected_vault if _counts(_key(1, {"enablePurgeProtection": true})) == [0, 0, 0]

test_ignores_unused_key if _counts(_key(0, {"enablePurgeProtection": false})) == [1, 0, 0]

test_missing_vault_is_unknown if _counts({"related": {"key_users": {"count": 1}}}) == [0, 0, 1]

test_missing_users_are_left_to_the_engine if _counts({"related": {"vault": {"id": "/vaults/kv", "properties": {}}}}) == [0, 0, 0]
