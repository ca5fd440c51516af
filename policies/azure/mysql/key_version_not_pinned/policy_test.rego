package azure.mysql.key_version_not_pinned_test

import data.azure.mysql.key_version_not_pinned

_uri := "https://kv-payments-weu.vault.azure.net/keys/mysql-payments"

_pinned := "https://kv-payments-weu.vault.azure.net/keys/mysql-payments/0f1e2d3c4b5a69788796a5b4c3d2e1f0"

_server(type, uri) := {"resource": {"properties": {"dataEncryption": {"type": type, "primaryKeyURI": uri}}}}

test_passes_a_uri_without_a_version if {
	count(key_version_not_pinned.deny) == 0 with input as _server("AzureKeyVault", _uri)
	count(key_version_not_pinned.unknown) == 0 with input as _server("AzureKeyVault", _uri)
	count(key_version_not_pinned.not_applicable) == 0 with input as _server("AzureKeyVault", _uri)
}

test_passes_a_trailing_slash if count(key_version_not_pinned.deny) == 0 with input as _server("AzureKeyVault", concat("", [_uri, "/"]))

test_denies_a_version if {
	count(key_version_not_pinned.deny) == 1 with input as _server("azurekeyvault", _pinned)
	some finding in key_version_not_pinned.deny with input as _server("AzureKeyVault", _pinned)
	finding.message
	finding.path == "resource.properties.dataEncryption.primaryKeyURI"
	finding.actual == "https://kv-payments-weu.vault.azure.net/keys/mysql-payments/0f1e2d3c4b5a69788796a5b4c3d2e1f0"
	finding.expected == "https://VAULT/keys/NAME, without a version"
}

test_what_is_no_key_is_unknown if {
	count(key_version_not_pinned.unknown) == 1 with input as _server("AzureKeyVault", "")
	count(key_version_not_pinned.deny) == 0 with input as _server("AzureKeyVault", "")
}

test_not_applicable_with_a_key_that_azure_manages if {
	count(key_version_not_pinned.not_applicable) == 1 with input as _server("SYSTEMMANAGED", _pinned)
	count(key_version_not_pinned.deny) == 0 with input as _server("SystemManaged", _pinned)
	count(key_version_not_pinned.unknown) == 0 with input as _server("SystemManaged", _pinned)
}

test_missing_encryption_is_a_key_that_azure_manages if {
	count(key_version_not_pinned.not_applicable) == 1 with input as {"resource": {"properties": {}}}
	count(key_version_not_pinned.unknown) == 0 with input as {"resource": {"properties": {}}}
}

test_other_type_is_unknown if {
	count(key_version_not_pinned.unknown) == 1 with input as _server("CloudHsm", _pinned)
	count(key_version_not_pinned.deny) == 0 with input as _server("CloudHsm", _pinned)
}
