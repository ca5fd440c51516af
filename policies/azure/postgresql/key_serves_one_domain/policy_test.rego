package azure.postgresql.key_serves_one_domain_test

import data.azure.postgresql.key_serves_one_domain

none := {"count": 0, "examples": []}

some_users := {"count": 1, "examples": []}

server(encryption, names, undeclared) := {
	"resource": {"properties": {"dataEncryption": {"type": encryption}}},
	"related": {"key_users": {"count": 2, "domains": {name: some_users | some name in names}, "undeclared": undeclared}},
}

test_denies_a_shared_key if {
	key_serves_one_domain.deny == {{
		"message": "the key is shared by the business domains payments, risk",
		"path": "related.key_users",
		"actual": "payments, risk",
		"expected": "one business domain",
	}} with input as server("AzureKeyVault", ["risk", "payments"], none)
}

test_denies_a_shared_key_with_undeclared_users if {
	count(key_serves_one_domain.deny) == 1 with input as server("AzureKeyVault", ["risk", "payments"], some_users)
}

test_passes_one_domain if {
	count(key_serves_one_domain.deny) == 0 with input as server("azurekeyvault", ["payments"], none)
	count(key_serves_one_domain.unknown) == 0 with input as server("azurekeyvault", ["payments"], none)
	count(key_serves_one_domain.not_applicable) == 0 with input as server("azurekeyvault", ["payments"], none)
}

test_undeclared_user_is_unknown if {
	key_serves_one_domain.unknown == {"1 users of the key name no business domain"} with input as server("AzureKeyVault", ["payments"], some_users)
	count(key_serves_one_domain.deny) == 0 with input as server("AzureKeyVault", ["payments"], some_users)
}

test_missing_users_are_left_to_the_engine if {
	bare := {"resource": {"properties": {"dataEncryption": {"type": "AzureKeyVault"}}}, "related": {}}
	count(key_serves_one_domain.deny) == 0 with input as bare
	count(key_serves_one_domain.unknown) == 0 with input as bare
}

test_platform_key_is_not_judged if {
	some reason in key_serves_one_domain.not_applicable with input as server("systemmanaged", [], none)
	reason == "the server uses no customer-managed key"
	count(key_serves_one_domain.unknown) == 0 with input as server("systemmanaged", [], none)
}

test_missing_encryption_is_a_platform_key if {
	count(key_serves_one_domain.not_applicable) == 1 with input as {"resource": {"properties": {}}, "related": {}}
	count(key_serves_one_domain.unknown) == 0 with input as {"resource": {"properties": {}}, "related": {}}
}

test_new_encryption_type_is_unknown if {
	key_serves_one_domain.unknown == {"the encryption type \"ConfidentialVault\" is not known"} with input as server("ConfidentialVault", ["payments"], none)
	count(key_serves_one_domain.not_applicable) == 0 with input as server("ConfidentialVault", ["payments"], none)
}
