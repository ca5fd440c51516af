package azure.key_vault.key_hsm_backed_test

import data.azure.key_vault.key_hsm_backed

_key(kty) := {"resource": {"properties": {"kty": kty}}}

_counts(document, required) := [count(excluded), count(denied), count(unclear)] if {
	excluded := key_hsm_backed.not_applicable with input as document with data.parameters as {"key_hsm_required": required}
	denied := key_hsm_backed.deny with input as document with data.parameters as {"key_hsm_required": required}
	unclear := key_hsm_backed.unknown with input as document with data.parameters as {"key_hsm_required": required}
}

test_denies_software_key if {
	_counts(_key("RSA"), true) == [0, 1, 0]
	some finding in key_hsm_backed.deny with input as _key("RSA")
	finding.path == "resource.properties.kty"
	finding.actual == "RSA"
	finding.expected == "RSA-HSM or EC-HSM"
}

test_denies_elliptic_software_key_in_any_case if _counts(_key("ec"), true) == [0, 1, 0]

test_passes_hsm_keys if {
	_counts(_key("RSA-HSM"), true) == [0, 0, 0]
	_counts(_key("EC-HSM"), true) == [0, 0, 0]
	_counts(_key("rsa-hsm"), true) == [0, 0, 0]
}

test_ignores_classes_that_need_no_hsm if _counts(_key("RSA"), false) == [1, 1, 0]

test_new_kind_is_unknown if _counts(_key("ML-KEM"), true) == [0, 0, 1]

test_missing_kind_is_left_to_the_engine if _counts({"resource": {"properties": {}}}, true) == [0, 0, 0]
