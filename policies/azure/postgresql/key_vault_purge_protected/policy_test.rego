package azure.postgresql.key_vault_purge_protected_test

import data.azure.postgresql.key_vault_purge_protected

_server(encryption, kind, properties) := {
	"resource": {"properties": {"dataEncryption": {"type": encryption}}},
	"related": {"key_vault": {"type": kind, "name": "kv-payments-weu", "properties": properties}},
}

_kv := "Microsoft.KeyVault/vaults"

_hsm := "Microsoft.KeyVault/managedHSMs"

_denied(server) if {
	some finding in key_vault_purge_protected.deny with input as server
	finding.path == "related.key_vault.properties.enablePurgeProtection"
	finding.actual == false
	finding.expected == true
	count(key_vault_purge_protected.unknown) == 0 with input as server
	count(key_vault_purge_protected.not_applicable) == 0 with input as server
}

_passed(server) if {
	count(key_vault_purge_protected.deny) == 0 with input as server
	count(key_vault_purge_protected.unknown) == 0 with input as server
	count(key_vault_purge_protected.not_applicable) == 0 with input as server
}

test_denies_a_vault_without_the_property if _denied(_server("AzureKeyVault", _kv, {}))

test_denies_a_vault_that_says_off if _denied(_server("azurekeyvault", "microsoft.keyvault/vaults", {"enablePurgeProtection": false}))

test_denies_a_managed_hsm_that_says_off if _denied(_server("AzureKeyVault", _hsm, {"enablePurgeProtection": false}))

test_passes_a_protected_vault if _passed(_server("AzureKeyVault", _kv, {"enablePurgeProtection": true}))

test_passes_a_protected_managed_hsm if _passed(_server("AzureKeyVault", "microsoft.keyvault/managedhsms", {"enablePurgeProtection": true}))

test_managed_hsm_without_the_property_is_unknown if {
	count(key_vault_purge_protected.unknown) == 1 with input as _server("AzureKeyVault", _hsm, {})
	count(key_vault_purge_protected.deny) == 0 with input as _server("AzureKeyVault", _hsm, {})
}

test_other_store_is_unknown if {
	pool := _server("AzureKeyVault", "Microsoft.KeyVault/hsmPools", {"enablePurgeProtection": false})
	every server in [pool, {"resource": {"properties": {"dataEncryption": {"type": "AzureKeyVault"}}}}] {
		count(key_vault_purge_protected.unknown) == 1 with input as server
		count(key_vault_purge_protected.deny) == 0 with input as server
	}
}

test_ignores_system_managed if {
	server := _server("SystemManaged", _kv, {"enablePurgeProtection": true})
	count(key_vault_purge_protected.not_applicable) == 1 with input as server
	count(key_vault_purge_protected.unknown) == 0 with input as server
	count(key_vault_purge_protected.not_applicable) == 1 with input as {"resource": {"properties": {}}}
}

test_other_mode_is_unknown if count(key_vault_purge_protected.unknown) == 1 with input as _server("AzureVaultPlus", _kv, {"enablePurgeProtection": true})
