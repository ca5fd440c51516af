package azure.postgresql.customer_managed_key_used_test

import data.azure.postgresql.customer_managed_key_used

_server(encryption) := {"resource": {"properties": {"dataEncryption": encryption}}}

_required := {"customer_managed_key_required": true}

_key := "https://kv-payments-weu.vault.azure.net/keys/pg-payments-weu-01"

test_denies_system_managed if {
	server := _server({"type": "SystemManaged"})
	count(customer_managed_key_used.deny) == 1 with input as server with data.parameters as _required
	some finding in customer_managed_key_used.deny with input as server with data.parameters as _required
	finding.path == "resource.properties.dataEncryption.type"
	finding.actual == "SystemManaged"
	finding.expected == "AzureKeyVault"
	count(customer_managed_key_used.unknown) == 0 with input as server with data.parameters as _required
}

test_denies_system_managed_once_when_the_uri_is_empty if {
	count(customer_managed_key_used.deny) == 1 with input as _server({"type": "systemmanaged", "primaryKeyURI": ""}) with data.parameters as _required
}

test_missing_encryption_is_system_managed if {
	server := {"resource": {"properties": {}}}
	count(customer_managed_key_used.deny) == 1 with input as server with data.parameters as _required
	some finding in customer_managed_key_used.deny with input as server with data.parameters as _required
	finding.actual == "SystemManaged"
}

test_denies_what_is_no_key_uri if {
	every uri in ["", "https://kv-payments-weu.vault.azure.net/secrets/pg-payments-weu-01"] {
		server := _server({"type": "azurekeyvault", "primaryKeyURI": uri})
		count(customer_managed_key_used.deny) == 1 with input as server with data.parameters as _required
		some finding in customer_managed_key_used.deny with input as server with data.parameters as _required
		finding.path == "resource.properties.dataEncryption.primaryKeyURI"
		finding.actual == uri
		finding.expected == "https://VAULT/keys/NAME"
	}
}

test_passes_a_customer_managed_key if {
	every encryption in ["AzureKeyVault", "azurekeyvault"] {
		server := _server({"type": encryption, "primaryKeyURI": _key})
		count(customer_managed_key_used.deny) == 0 with input as server with data.parameters as _required
		count(customer_managed_key_used.unknown) == 0 with input as server with data.parameters as _required
		count(customer_managed_key_used.not_applicable) == 0 with input as server with data.parameters as _required
	}
}

test_ignores_data_that_needs_no_key if {
	count(customer_managed_key_used.not_applicable) == 1 with input as _server({"type": "SystemManaged"}) with data.parameters as {"customer_managed_key_required": false}
}

# The engine answers unknown for a required read that is absent.
test_says_nothing_about_a_missing_uri if {
	count(customer_managed_key_used.deny) == 0 with input as _server({"type": "AzureKeyVault"}) with data.parameters as _required
}

test_other_mode_is_unknown if {
	server := _server({"type": "AzureVaultPlus", "primaryKeyURI": ""})
	count(customer_managed_key_used.unknown) == 1 with input as server with data.parameters as _required
	count(customer_managed_key_used.deny) == 0 with input as server with data.parameters as _required
}
