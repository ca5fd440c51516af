package lib.keys_test

import data.lib.keys

test_versioned_uri_is_pinned if keys.pinned("https://kv.vault.azure.net/keys/k1/0123456789abcdef0123456789abcdef")

test_versionless_uri_is_not_pinned if {
	keys.valid("https://kv.vault.azure.net/keys/k1")
	not keys.pinned("https://kv.vault.azure.net/keys/k1")
}

test_trailing_slash_is_versionless if not keys.pinned("https://kv.vault.azure.net/keys/k1/")

test_port_is_dropped if keys.parts("https://KV.vault.azure.net:443/keys/k1").host == "kv.vault.azure.net"

test_empty_text_is_no_uri if not keys.valid("")

test_secret_uri_is_no_key if not keys.valid("https://kv.vault.azure.net/secrets/s1")

test_managed_hsm_host if keys.in_managed_hsm("https://pool.managedhsm.azure.net/keys/k1")

test_vault_host_is_no_hsm if not keys.in_managed_hsm("https://kv.vault.azure.net/keys/k1")
