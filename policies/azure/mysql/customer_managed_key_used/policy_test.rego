package azure.mysql.customer_managed_key_used_test

import data.azure.mysql.customer_managed_key_used

_uri := "https://kv-payments-weu.vault.azure.net/keys/mysql-payments"

_server(encryption) := {"resource": {"properties": {"dataEncryption": encryption}}}

_required := {"customer_managed_key_required": true}

test_denies_a_key_that_azure_manages if {
	server := _server({"type": "SYSTEMMANAGED"})
	count(customer_managed_key_used.deny) == 1 with input as server with data.parameters as _required
	some finding in customer_managed_key_used.deny with input as server with data.parameters as _required
	finding.message
	finding.path == "resource.properties.dataEncryption.type"
	finding.actual == "SYSTEMMANAGED"
	finding.expected == "AzureKeyVault"
	count(customer_managed_key_used.unknown) == 0 with input as _server({"type": "SystemManaged"}) with data.parameters as _required
}

test_missing_encryption_is_a_key_that_azure_manages if {
	count(customer_managed_key_used.deny) == 1 with input as {"resource": {"properties": {}}} with data.parameters as _required
	some finding in customer_managed_key_used.deny with input as {"resource": {"properties": {}}} with data.parameters as _required
	finding.actual == "SystemManaged"
	count(customer_managed_key_used.unknown) == 0 with input as {"resource": {"properties": {}}} with data.parameters as _required
}

test_passes_a_key_in_a_vault if {
	server := _server({"type": "AzureKeyVault", "primaryKeyURI": _uri})
	count(customer_managed_key_used.deny) == 0 with input as server with data.parameters as _required
	count(customer_managed_key_used.unknown) == 0 with input as server with data.parameters as _required
	count(customer_managed_key_used.not_applicable) == 0 with input as server with data.parameters as _required
}

test_denies_what_is_no_key if {
	server := _server({"type": "azurekeyvault", "primaryKeyURI": "https://kv-payments-weu.vault.azure.net/secrets/mysql"})
	count(customer_managed_key_used.deny) == 1 with input as server with data.parameters as _required
	some finding in customer_managed_key_used.deny with input as server with data.parameters as _required
	finding.message
	finding.path == "resource.properties.dataEncryption.primaryKeyURI"
	finding.actual == "https://kv-payments-weu.vault.azure.net/secrets/mysql"
	finding.expected == "https://VAULT/keys/NAME"
}

test_denies_an_empty_uri if {
	count(customer_managed_key_used.deny) == 1 with input as _server({"type": "AzureKeyVault", "primaryKeyURI": ""}) with data.parameters as _required
}

# A key that Azure manages with an empty URI is one finding, not two.
test_empty_uri_of_a_key_that_azure_manages if {
	count(customer_managed_key_used.deny) == 1 with input as _server({"type": "SystemManaged", "primaryKeyURI": ""}) with data.parameters as _required
}

# The engine answers unknown for a required read that is absent.
test_says_nothing_about_a_missing_uri if {
	count(customer_managed_key_used.deny) == 0 with input as _server({"type": "AzureKeyVault"}) with data.parameters as _required
	count(customer_managed_key_used.unknown) == 0 with input as _server({"type": "AzureKeyVault"}) with data.parameters as _required
}

test_other_type_is_unknown if {
	server := _server({"type": "CloudHsm", "primaryKeyURI": ""})
	count(customer_managed_key_used.unknown) == 1 with input as server with data.parameters as _required
	count(customer_managed_key_used.deny) == 0 with input as server with data.parameters as _required
}

test_not_applicable_where_not_required if {
	count(customer_managed_key_used.not_applicable) == 1 with input as _server({"type": "SystemManaged"}) with data.parameters as {"customer_managed_key_required": false}
}
