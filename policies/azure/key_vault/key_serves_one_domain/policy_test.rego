package azure.key_vault.key_serves_one_domain_test

import data.azure.key_vault.key_serves_one_domain

_key(count_of_users, names, undeclared) := {"related": {"key_users": {
	"count": count_of_users,
	"domains": {name: {"count": 1, "examples": []} | some name in names},
	"undeclared": {"count": undeclared, "examples": []},
}}}

_counts(document) := [count(excluded), count(denied), count(unclear)] if {
	excluded := key_serves_one_domain.not_applicable with input as document
	denied := key_serves_one_domain.deny with input as document
	unclear := key_serves_one_domain.unknown with input as document
}

test_denies_two_domains if {
	_counts(_key(2, ["risk", "payments"], 0)) == [0, 1, 0]
	some finding in key_serves_one_domain.deny with input as _key(2, ["risk", "payments"], 0)
	finding.path == "related.key_users"
	finding.actual == "payments, risk"
	finding.expected == "one business domain"
}

test_passes_one_domain if _counts(_key(1, ["payments"], 0)) == [0, 0, 0]

test_ignores_unused_key if _counts(_key(0, [], 0)) == [1, 0, 0]

test_undeclared_user_is_unknown if {
	_counts(_key(2, ["payments"], 1)) == [0, 0, 1]
	some reason in key_serves_one_domain.unknown with input as _key(2, ["payments"], 1)
	startswith(reason, "1 users")
}

test_undeclared_user_does_not_hide_two_domains if _counts(_key(3, ["payments", "risk"], 1)) == [0, 1, 1]

test_missing_users_are_left_to_the_engine if _counts({"related": {}}) == [0, 0, 0]
