package lib.key_kinds_test

import data.lib.key_kinds

test_rsa if {
	key_kinds.rsa("RSA")
	key_kinds.rsa("RSA-HSM")
	not key_kinds.rsa("EC")
}

test_elliptic if {
	key_kinds.elliptic("EC")
	key_kinds.elliptic("EC-HSM")
	not key_kinds.elliptic("RSA")
}

test_symmetric if {
	key_kinds.symmetric("oct")
	key_kinds.symmetric("oct-HSM")
	not key_kinds.symmetric("RSA-HSM")
}

test_in_hsm if {
	every kty in ["RSA-HSM", "EC-HSM", "oct-HSM"] {
		key_kinds.in_hsm(kty)
		not key_kinds.in_software(kty)
	}
}

test_in_software if {
	every kty in ["RSA", "EC", "oct"] {
		key_kinds.in_software(kty)
		not key_kinds.in_hsm(kty)
	}
}

test_new_kind_is_neither if {
	not key_kinds.in_hsm("ML-KEM-HSM")
	not key_kinds.in_software("ML-KEM")
}

test_known_curves if {
	every name in ["P-256", "P-256K", "P-384", "p-521"] {
		key_kinds.known_curve(name)
	}
	not key_kinds.known_curve("SECP256K1")
}
