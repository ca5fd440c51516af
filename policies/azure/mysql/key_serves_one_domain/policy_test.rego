package azure.mysql.key_serves_one_domain_test

import data.azure.mysql.key_serves_one_domain

_users(names, undeclared) := {
	"count": count(names) + undeclared,
	"domains": {name: {"count": 1, "examples": []} | some name in names},
	"undeclared": {"count": undeclared, "examples": []},
}

_server(names, undeclared) := {"resource": {"properties": {"dataEncryption": {"type": "azurekeyvault"}}}, "related": {"key_users": _users(names, undeclared)}}

test_passes_one_domain if {
	count(key_serves_one_domain.deny) == 0 with input as _server(["payments"], 0)
	count(key_serves_one_domain.unknown) == 0 with input as _server(["payments"], 0)
	count(key_serves_one_domain.not_applicable) == 0 with input as _server(["payments"], 0)
}

test_denies_two_domains if {
	count(key_serves_one_domain.deny) == 1 with input as _server(["payments", "cards"], 0)
	some finding in key_serves_one_domain.deny with input as _server(["payments", "cards"], 0)
	finding.message
	finding.path == "related.key_users"
	finding.actual == "cards, payments"
	finding.expected == "one business domain"
	count(key_serves_one_domain.unknown) == 0 with input as _server(["payments", "cards"], 0)
}

test_two_domains_and_an_undeclared_user_is_denied if count(key_serves_one_domain.deny) == 1 with input as _server(["payments", "cards"], 1)

test_undeclared_user_is_unknown if {
	every names in [["payments"], []] {
		count(key_serves_one_domain.unknown) == 1 with input as _server(names, 1)
		count(key_serves_one_domain.deny) == 0 with input as _server(names, 1)
	}
}

# The engine answers unknown for a required read that is absent.
test_says_nothing_about_missing_users if {
	count(key_serves_one_domain.deny) == 0 with input as {"resource": {"properties": {"dataEncryption": {"type": "azurekeyvault"}}}}
	count(key_serves_one_domain.unknown) == 0 with input as {"resource": {"properties": {"dataEncryption": {"type": "azurekeyvault"}}}}
}

test_not_applicable_with_a_key_that_azure_manages if {
	count(key_serves_one_domain.not_applicable) == 1 with input as {"resource": {"properties": {"dataEncryption": {"type": "SYSTEMMANAGED"}}}}
	count(key_serves_one_domain.unknown) == 0 with input as {"resource": {"properties": {"dataEncryption": {"type": "SystemManaged"}}}}
}

test_missing_encryption_is_a_key_that_azure_manages if {
	count(key_serves_one_domain.not_applicable) == 1 with input as {"resource": {"properties": {}}}
}

test_other_type_is_unknown if {
	count(key_serves_one_domain.unknown) == 1 with input as {"resource": {"properties": {"dataEncryption": {"type": "CloudHsm"}}}}
}
