package azure.mysql.key_hsm_backed_test

import data.azure.mysql.key_hsm_backed

_server(type, kty) := {"resource": {"properties": {"dataEncryption": {"type": type}}}, "related": {"key": {"type": "Microsoft.KeyVault/vaults/keys", "properties": {"kty": kty}}}}

_required := {"key_hsm_required": true}

test_passes_keys_in_hardware if {
	every kty in ["RSA-HSM", "EC-HSM", "oct-HSM", "rsa-hsm"] {
		count(key_hsm_backed.deny) == 0 with input as _server("AzureKeyVault", kty) with data.parameters as _required
		count(key_hsm_backed.unknown) == 0 with input as _server("AzureKeyVault", kty) with data.parameters as _required
		count(key_hsm_backed.not_applicable) == 0 with input as _server("AzureKeyVault", kty) with data.parameters as _required
	}
}

test_denies_keys_in_software if {
	every kty in ["RSA", "EC", "oct", "rsa"] {
		count(key_hsm_backed.deny) == 1 with input as _server("azurekeyvault", kty) with data.parameters as _required
		count(key_hsm_backed.unknown) == 0 with input as _server("azurekeyvault", kty) with data.parameters as _required
	}
	some finding in key_hsm_backed.deny with input as _server("AzureKeyVault", "RSA") with data.parameters as _required
	finding.message
	finding.path == "related.key.properties.kty"
	finding.actual == "RSA"
	finding.expected == "RSA-HSM"
}

# Azure calls the keys of a Managed HSM RSA too, although they never leave its hardware.
test_every_key_of_a_managed_hsm_is_in_hardware if {
	server := {
		"resource": {"properties": {"dataEncryption": {"type": "AzureKeyVault"}}},
		"related": {"key": {"type": "MICROSOFT.KEYVAULT/MANAGEDHSMS/KEYS", "properties": {"kty": "RSA"}}},
	}
	count(key_hsm_backed.deny) == 0 with input as server with data.parameters as _required
	count(key_hsm_backed.unknown) == 0 with input as server with data.parameters as _required
}

test_not_applicable_where_not_required if {
	count(key_hsm_backed.not_applicable) == 1 with input as _server("AzureKeyVault", "RSA") with data.parameters as {"key_hsm_required": false}
}

test_not_applicable_with_a_key_that_azure_manages if {
	count(key_hsm_backed.not_applicable) == 1 with input as _server("SYSTEMMANAGED", "RSA") with data.parameters as _required
	count(key_hsm_backed.deny) == 0 with input as _server("SystemManaged", "RSA") with data.parameters as _required
	count(key_hsm_backed.unknown) == 0 with input as _server("SystemManaged", "RSA") with data.parameters as _required
}

test_missing_encryption_is_a_key_that_azure_manages if {
	count(key_hsm_backed.not_applicable) == 1 with input as {"resource": {"properties": {}}} with data.parameters as _required
}

# The engine answers unknown for a required read that is absent.
test_says_nothing_about_a_missing_kind if {
	server := {"resource": {"properties": {"dataEncryption": {"type": "AzureKeyVault"}}}}
	count(key_hsm_backed.deny) == 0 with input as server with data.parameters as _required
	count(key_hsm_backed.unknown) == 0 with input as server with data.parameters as _required
}

test_other_kind_is_unknown if {
	count(key_hsm_backed.unknown) == 1 with input as _server("AzureKeyVault", "OKP") with data.parameters as _required
	count(key_hsm_backed.deny) == 0 with input as _server("AzureKeyVault", "OKP") with data.parameters as _required
}

test_other_type_is_unknown if {
	count(key_hsm_backed.unknown) == 1 with input as _server("CloudHsm", "RSA") with data.parameters as _required
	count(key_hsm_backed.deny) == 0 with input as _server("CloudHsm", "RSA") with data.parameters as _required
}
