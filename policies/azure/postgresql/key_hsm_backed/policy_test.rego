package azure.postgresql.key_hsm_backed_test

import data.azure.postgresql.key_hsm_backed

_server(encryption, kind, kty) := {
	"resource": {"properties": {"dataEncryption": {"type": encryption}}},
	"related": {"key": {"type": kind, "properties": {"kty": kty}}},
}

_kv := "Microsoft.KeyVault/vaults/keys"

_hsm := "Microsoft.KeyVault/managedHSMs/keys"

_required := {"key_hsm_required": true}

_passed(server) if {
	count(key_hsm_backed.deny) == 0 with input as server with data.parameters as _required
	count(key_hsm_backed.unknown) == 0 with input as server with data.parameters as _required
	count(key_hsm_backed.not_applicable) == 0 with input as server with data.parameters as _required
}

test_denies_a_software_key if {
	every kty in ["RSA", "EC", "rsa"] {
		server := _server("AzureKeyVault", _kv, kty)
		some finding in key_hsm_backed.deny with input as server with data.parameters as _required
		finding.path == "related.key.properties.kty"
		finding.actual == kty
		finding.expected == "RSA-HSM"
		count(key_hsm_backed.unknown) == 0 with input as server with data.parameters as _required
		count(key_hsm_backed.not_applicable) == 0 with input as server with data.parameters as _required
	}
}

test_passes_a_key_in_hardware if {
	every kty in ["RSA-HSM", "EC-HSM", "oct-HSM", "rsa-hsm"] {
		_passed(_server("azurekeyvault", _kv, kty))
	}
}

test_passes_every_key_of_a_managed_hsm if {
	every kind in [_hsm, "microsoft.keyvault/managedhsms/keys"] {
		_passed(_server("AzureKeyVault", kind, "RSA"))
		_passed(_server("AzureKeyVault", kind, "RSA-HSM"))
	}
}

test_other_kind_is_unknown if {
	server := _server("AzureKeyVault", _kv, "ML-KEM")
	count(key_hsm_backed.unknown) == 1 with input as server with data.parameters as _required
	count(key_hsm_backed.deny) == 0 with input as server with data.parameters as _required
}

# The engine answers unknown for a required read that is absent.
test_says_nothing_about_a_missing_kind if {
	server := {"resource": {"properties": {"dataEncryption": {"type": "AzureKeyVault"}}}}
	count(key_hsm_backed.deny) == 0 with input as server with data.parameters as _required
	count(key_hsm_backed.not_applicable) == 0 with input as server with data.parameters as _required
}

test_ignores_system_managed if {
	server := _server("SystemManaged", _kv, "RSA-HSM")
	count(key_hsm_backed.not_applicable) == 1 with input as server with data.parameters as _required
	count(key_hsm_backed.unknown) == 0 with input as server with data.parameters as _required
	count(key_hsm_backed.not_applicable) == 1 with input as {"resource": {"properties": {}}} with data.parameters as _required
}

test_ignores_data_that_needs_no_hardware if {
	count(key_hsm_backed.not_applicable) == 1 with input as _server("AzureKeyVault", _kv, "RSA") with data.parameters as {"key_hsm_required": false}
}

test_other_mode_is_unknown if count(key_hsm_backed.unknown) == 1 with input as _server("AzureVaultPlus", _kv, "RSA-HSM") with data.parameters as _required
