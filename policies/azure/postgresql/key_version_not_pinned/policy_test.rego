package azure.postgresql.key_version_not_pinned_test

import data.azure.postgresql.key_version_not_pinned

_server(encryption, uri) := {"resource": {"properties": {"dataEncryption": {"type": encryption, "primaryKeyURI": uri}}}}

_key := "https://kv-payments-weu.vault.azure.net/keys/pg-payments-weu-01"

_version := "https://kv-payments-weu.vault.azure.net/keys/pg-payments-weu-01/0123456789abcdef0123456789abcdef"

test_denies_a_version if {
	server := _server("AzureKeyVault", _version)
	some finding in key_version_not_pinned.deny with input as server
	finding.path == "resource.properties.dataEncryption.primaryKeyURI"
	finding.actual == _version
	finding.expected == "https://VAULT/keys/NAME, without a version"
	count(key_version_not_pinned.unknown) == 0 with input as server
	count(key_version_not_pinned.not_applicable) == 0 with input as server
}

test_passes_without_version if {
	every server in [_server("AzureKeyVault", _key), _server("AZUREKEYVAULT", concat("", [_key, "/"]))] {
		count(key_version_not_pinned.deny) == 0 with input as server
		count(key_version_not_pinned.unknown) == 0 with input as server
		count(key_version_not_pinned.not_applicable) == 0 with input as server
	}
}

test_ignores_system_managed if {
	count(key_version_not_pinned.not_applicable) == 1 with input as _server("SystemManaged", _key)
	count(key_version_not_pinned.unknown) == 0 with input as _server("SystemManaged", _key)
	count(key_version_not_pinned.not_applicable) == 1 with input as {"resource": {"properties": {}}}
}

# The engine answers unknown for a required read that is absent.
test_says_nothing_about_a_missing_uri if {
	server := {"resource": {"properties": {"dataEncryption": {"type": "AzureKeyVault"}}}}
	count(key_version_not_pinned.deny) == 0 with input as server
	count(key_version_not_pinned.not_applicable) == 0 with input as server
}

test_what_is_no_key_uri_is_unknown if {
	count(key_version_not_pinned.unknown) == 1 with input as _server("AzureKeyVault", "")
	count(key_version_not_pinned.deny) == 0 with input as _server("AzureKeyVault", "")
}

test_other_mode_is_unknown if count(key_version_not_pinned.unknown) == 1 with input as _server("AzureVaultPlus", _key)
