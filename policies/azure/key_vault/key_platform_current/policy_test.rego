package azure.key_vault.key_platform_current_test

import data.azure.key_vault.key_platform_current

_key(kty, platform) := {"resource": {"properties": {"kty": kty, "attributes": {"hsmPlatform": platform}}}}

_counts(document) := [count(excluded), count(denied), count(unclear)] if {
	excluded := key_platform_current.not_applicable with input as document
	denied := key_platform_current.deny with input as document
	unclear := key_platform_current.unknown with input as document
}

test_denies_first_platform if {
	_counts(_key("RSA-HSM", "1")) == [0, 1, 0]
	some finding in key_platform_current.deny with input as _key("RSA-HSM", "1")
	finding.path == "resource.properties.attributes.hsmPlatform"
	finding.actual == "1"
	finding.expected == "2"
}

test_denies_software_platform_of_an_hsm_key if _counts(_key("EC-HSM", "0")) == [0, 1, 0]

test_passes_second_platform if {
	_counts(_key("RSA-HSM", "2")) == [0, 0, 0]
	_counts(_key("rsa-hsm", "2")) == [0, 0, 0]
}

test_ignores_software_key if {
	_counts(_key("RSA", "0")) == [1, 1, 0]
	_counts({"resource": {"properties": {"kty": "rsa", "attributes": {}}}}) == [1, 0, 0]
}

test_new_platform_is_unknown if _counts(_key("RSA-HSM", "3")) == [0, 0, 1]

test_new_kind_is_unknown if _counts(_key("ML-KEM-HSM", "2")) == [0, 0, 1]

test_missing_facts_are_left_to_the_engine if {
	_counts({"resource": {"properties": {"kty": "RSA-HSM", "attributes": {}}}}) == [0, 0, 0]
	_counts({"resource": {"properties": {"attributes": {"hsmPlatform": "2"}}}}) == [0, 0, 0]
}
