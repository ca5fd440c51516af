package azure.managed_hsm.key_size_sufficient_test

import data.azure.managed_hsm.key_size_sufficient

_parameters := {"rsa_key_bits_min": 3072, "elliptic_curves_allowed": ["P-256", "P-384"], "symmetric_key_bits_min": 256}

_key(properties) := {"resource": {"properties": properties}}

_counts(properties) := [count(denied), count(unclear)] if {
	denied := key_size_sufficient.deny with input as _key(properties) with data.parameters as _parameters
	unclear := key_size_sufficient.unknown with input as _key(properties) with data.parameters as _parameters
}

test_denies_short_rsa_key if {
	some finding in key_size_sufficient.deny with input as _key({"kty": "RSA-HSM", "keySize": 3071}) with data.parameters as _parameters
	finding.path == "resource.properties.keySize"
	finding.actual == 3071
	finding.expected == "at least 3072 bits"
	_counts({"kty": "RSA-HSM", "keySize": 3071}) == [1, 0]
}

test_passes_long_enough_rsa_key if _counts({"kty": "RSA-HSM", "keySize": 3072}) == [0, 0]

test_case_of_the_kind_does_not_matter if {
	_counts({"kty": "rsa-hsm", "keySize": 2048}) == [1, 0]
	_counts({"kty": "ec-hsm", "curveName": "P-521"}) == [1, 0]
}

test_software_kinds_are_judged_alike if {
	_counts({"kty": "RSA", "keySize": 2048}) == [1, 0]
	_counts({"kty": "EC", "curveName": "P-256"}) == [0, 0]
}

test_denies_curve_that_is_not_allowed if {
	some finding in key_size_sufficient.deny with input as _key({"kty": "EC-HSM", "curveName": "P-256K"}) with data.parameters as _parameters
	finding.path == "resource.properties.curveName"
	finding.actual == "P-256K"
	finding.expected == ["P-256", "P-384"]
	_counts({"kty": "EC-HSM", "curveName": "P-256K"}) == [1, 0]
}

test_passes_allowed_curve_in_any_case if {
	_counts({"kty": "EC-HSM", "curveName": "P-256"}) == [0, 0]
	_counts({"kty": "EC-HSM", "curveName": "p-384"}) == [0, 0]
}

test_size_of_an_elliptic_key_does_not_matter if _counts({"kty": "EC-HSM", "curveName": "P-256", "keySize": 128}) == [0, 0]

test_curve_of_an_rsa_key_does_not_matter if {
	_counts({"kty": "RSA-HSM", "keySize": 4096, "curveName": "P-256K"}) == [0, 0]
	_counts({"kty": "RSA-HSM", "keySize": 4096, "curveName": "brainpool"}) == [0, 0]
}

test_new_curve_is_unknown if _counts({"kty": "EC-HSM", "curveName": "brainpoolP256r1"}) == [0, 1]

test_new_curve_that_the_firm_allows if {
	document := _key({"kty": "EC-HSM", "curveName": "brainpoolP256r1"})
	parameters := {"elliptic_curves_allowed": ["brainpoolP256r1"]}
	count(key_size_sufficient.unknown) == 0 with input as document with data.parameters as parameters
}

test_new_kind_is_unknown if _counts({"kty": "ML-KEM-HSM", "keySize": 1}) == [0, 1]

test_missing_size_is_unknown if _counts({"kty": "RSA-HSM"}) == [0, 1]

test_missing_curve_is_unknown if _counts({"kty": "EC-HSM"}) == [0, 1]

test_missing_kind_is_left_to_the_engine if _counts({"keySize": 1024, "curveName": "P-256K"}) == [0, 0]

test_denies_short_symmetric_key if {
	some finding in key_size_sufficient.deny with input as _key({"kty": "oct-HSM", "keySize": 255}) with data.parameters as _parameters
	finding.path == "resource.properties.keySize"
	finding.actual == 255
	finding.expected == "at least 256 bits"
	_counts({"kty": "oct-HSM", "keySize": 255}) == [1, 0]
}

test_passes_long_enough_symmetric_key if _counts({"kty": "oct-HSM", "keySize": 256}) == [0, 0]

test_missing_size_of_a_symmetric_key_is_unknown if _counts({"kty": "oct-HSM"}) == [0, 1]
