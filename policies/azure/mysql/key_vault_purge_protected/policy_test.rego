package azure.mysql.key_vault_purge_protected_test

import data.azure.mysql.key_vault_purge_protected

_key(type, vault) := {"resource": {"properties": {"dataEncryption": {"type": type}}}, "related": {"key_vault": vault}}

_server(vault) := _key("AzureKeyVault", vault)

_vault(protection) := {"type": "Microsoft.KeyVault/vaults", "properties": {"enablePurgeProtection": protection}}

_bare(type) := {"type": type, "properties": {}}

test_passes_a_protected_vault if {
	count(key_vault_purge_protected.deny) == 0 with input as _server(_vault(true))
	count(key_vault_purge_protected.unknown) == 0 with input as _server(_vault(true))
	count(key_vault_purge_protected.not_applicable) == 0 with input as _server(_vault(true))
}

test_denies_an_unprotected_vault if {
	count(key_vault_purge_protected.deny) == 1 with input as _key("AZUREKEYVAULT", _vault(false))
	some finding in key_vault_purge_protected.deny with input as _server(_vault(false))
	finding.message
	finding.path == "related.key_vault.properties.enablePurgeProtection"
	finding.actual == false
	finding.expected == true
	count(key_vault_purge_protected.unknown) == 0 with input as _server(_vault(false))
}

test_missing_property_is_off_for_a_vault if {
	count(key_vault_purge_protected.deny) == 1 with input as _server(_bare("MICROSOFT.KEYVAULT/VAULTS"))
	some finding in key_vault_purge_protected.deny with input as _server(_bare("Microsoft.KeyVault/vaults"))
	finding.actual == false
	count(key_vault_purge_protected.unknown) == 0 with input as _server(_bare("Microsoft.KeyVault/vaults"))
}

test_missing_property_of_a_pool_is_unknown if {
	count(key_vault_purge_protected.unknown) == 1 with input as _server(_bare("Microsoft.KeyVault/managedHSMs"))
	count(key_vault_purge_protected.deny) == 0 with input as _server(_bare("Microsoft.KeyVault/managedHSMs"))
}

test_passes_a_protected_pool if {
	pool := {"type": "Microsoft.KeyVault/managedHSMs", "properties": {"enablePurgeProtection": true}}
	count(key_vault_purge_protected.deny) == 0 with input as _server(pool)
	count(key_vault_purge_protected.unknown) == 0 with input as _server(pool)
}

test_denies_an_unprotected_pool if {
	pool := {"type": "MICROSOFT.KEYVAULT/MANAGEDHSMS", "properties": {"enablePurgeProtection": false}}
	count(key_vault_purge_protected.deny) == 1 with input as _server(pool)
	count(key_vault_purge_protected.unknown) == 0 with input as _server(pool)
}

test_not_applicable_with_a_key_that_azure_manages if {
	count(key_vault_purge_protected.not_applicable) == 1 with input as _key("SYSTEMMANAGED", _vault(false))
	count(key_vault_purge_protected.deny) == 0 with input as _key("SystemManaged", _vault(false))
	count(key_vault_purge_protected.unknown) == 0 with input as _key("SystemManaged", _vault(false))
}

test_missing_encryption_is_a_key_that_azure_manages if {
	count(key_vault_purge_protected.not_applicable) == 1 with input as {"resource": {"properties": {}}}
}

test_missing_vault_is_unknown if {
	count(key_vault_purge_protected.unknown) == 1 with input as {"resource": {"properties": {"dataEncryption": {"type": "AzureKeyVault"}}}}
	count(key_vault_purge_protected.deny) == 0 with input as {"resource": {"properties": {"dataEncryption": {"type": "AzureKeyVault"}}}}
}

test_value_that_is_no_boolean_is_unknown if {
	count(key_vault_purge_protected.unknown) == 1 with input as _server(_vault("yes"))
	count(key_vault_purge_protected.deny) == 0 with input as _server(_vault("yes"))
}

test_other_type_is_unknown if {
	count(key_vault_purge_protected.unknown) == 1 with input as _key("CloudHsm", _vault(false))
	count(key_vault_purge_protected.deny) == 0 with input as _key("CloudHsm", _vault(false))
}
