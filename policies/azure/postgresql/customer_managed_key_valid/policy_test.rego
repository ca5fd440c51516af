package azure.postgresql.customer_managed_key_valid_test

import data.azure.postgresql.customer_managed_key_valid

_server(encryption, status) := {"resource": {"properties": {"dataEncryption": {"type": encryption, "primaryEncryptionKeyStatus": status}}}}

test_denies_an_invalid_key if {
	server := _server("AzureKeyVault", "Invalid")
	some finding in customer_managed_key_valid.deny with input as server
	finding.path == "resource.properties.dataEncryption.primaryEncryptionKeyStatus"
	finding.actual == "Invalid"
	finding.expected == "Valid"
	count(customer_managed_key_valid.unknown) == 0 with input as server
	count(customer_managed_key_valid.not_applicable) == 0 with input as server
}

test_passes_a_valid_key if {
	every server in [_server("AzureKeyVault", "Valid"), _server("azurekeyvault", "VALID")] {
		count(customer_managed_key_valid.deny) == 0 with input as server
		count(customer_managed_key_valid.unknown) == 0 with input as server
		count(customer_managed_key_valid.not_applicable) == 0 with input as server
	}
}

test_ignores_system_managed if {
	every server in [{"resource": {"properties": {"dataEncryption": {"type": "systemmanaged"}}}}, {"resource": {"properties": {}}}] {
		count(customer_managed_key_valid.not_applicable) == 1 with input as server
		count(customer_managed_key_valid.unknown) == 0 with input as server
	}
}

# The engine answers unknown for a required read that is absent.
test_says_nothing_about_a_missing_status if {
	server := {"resource": {"properties": {"dataEncryption": {"type": "AzureKeyVault"}}}}
	count(customer_managed_key_valid.deny) == 0 with input as server
	count(customer_managed_key_valid.not_applicable) == 0 with input as server
}

test_other_status_is_unknown if {
	count(customer_managed_key_valid.unknown) == 1 with input as _server("AzureKeyVault", "Pending")
	count(customer_managed_key_valid.deny) == 0 with input as _server("AzureKeyVault", "Pending")
}

test_other_mode_is_unknown if {
	count(customer_managed_key_valid.unknown) == 1 with input as _server("AzureVaultPlus", "Valid")
	count(customer_managed_key_valid.not_applicable) == 0 with input as _server("AzureVaultPlus", "Valid")
}
