package azure.estate.key_vault_purge_protected_test

import data.azure.estate.key_vault_purge_protected

_resource(kind, properties) := {"related": {"key_vault": {"id": "/v", "type": kind, "properties": properties}}}

_kv := "Microsoft.KeyVault/vaults"

_hsm := "Microsoft.KeyVault/managedHSMs"

_verdict(it) := [count(denied), count(unclear), count(aside)] if {
	denied := key_vault_purge_protected.deny with input as it
	unclear := key_vault_purge_protected.unknown with input as it
	aside := key_vault_purge_protected.not_applicable with input as it
}

test_denies_a_vault_without_protection if {
	every properties in [{}, {"enablePurgeProtection": false}] {
		some finding in key_vault_purge_protected.deny with input as _resource(_kv, properties)
		finding.path == "related.key_vault.properties.enablePurgeProtection"
		finding.actual == false
		finding.expected == true
		_verdict(_resource("microsoft.keyvault/vaults", properties)) == [1, 0, 0]
	}
}

test_denies_a_managed_hsm_that_says_off if _verdict(_resource(_hsm, {"enablePurgeProtection": false})) == [1, 0, 0]

test_passes_what_is_protected if {
	_verdict(_resource(_kv, {"enablePurgeProtection": true})) == [0, 0, 0]
	_verdict(_resource("microsoft.keyvault/managedhsms", {"enablePurgeProtection": true})) == [0, 0, 0]
}

test_managed_hsm_without_the_property_is_unknown if _verdict(_resource(_hsm, {})) == [0, 1, 0]

test_other_store_is_unknown if _verdict(_resource("Microsoft.KeyVault/hsmPools", {"enablePurgeProtection": false})) == [0, 1, 0]

test_ignores_keys_that_azure_manages if _verdict({"related": {}}) == [0, 0, 1]
