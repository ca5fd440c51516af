package azure.postgresql.key_vault_tier_sufficient_test

import data.azure.postgresql.key_vault_tier_sufficient

_server(encryption, vault) := {"resource": {"properties": {"dataEncryption": {"type": encryption}}}, "related": {"key_vault": vault}}

_kv(sku) := {"type": "Microsoft.KeyVault/vaults", "properties": {"sku": {"name": sku}}}

_hsm := {"type": "Microsoft.KeyVault/managedHSMs"}

_min(tier) := {"key_vault_tier_min": tier}

test_denies_a_standard_vault if {
	server := _server("AzureKeyVault", _kv("standard"))
	some finding in key_vault_tier_sufficient.deny with input as server with data.parameters as _min("premium")
	finding.path == "related.key_vault.properties.sku.name"
	finding.actual == "standard"
	finding.expected == "premium or higher"
	count(key_vault_tier_sufficient.unknown) == 0 with input as server with data.parameters as _min("premium")
	count(key_vault_tier_sufficient.not_applicable) == 0 with input as server with data.parameters as _min("premium")
}

test_denies_a_premium_vault_where_a_managed_hsm_is_due if {
	some finding in key_vault_tier_sufficient.deny with input as _server("AzureKeyVault", _kv("Premium")) with data.parameters as _min("managed_hsm")
	finding.actual == "premium"
	finding.expected == "managed_hsm or higher"
}

test_passes_the_lowest_tier_and_above if {
	every pair in [["standard", "standard"], ["Premium", "standard"], ["premium", "premium"]] {
		server := _server("azurekeyvault", _kv(pair[0]))
		count(key_vault_tier_sufficient.deny) == 0 with input as server with data.parameters as _min(pair[1])
		count(key_vault_tier_sufficient.unknown) == 0 with input as server with data.parameters as _min(pair[1])
		count(key_vault_tier_sufficient.not_applicable) == 0 with input as server with data.parameters as _min(pair[1])
	}
}

test_passes_a_managed_hsm_for_every_tier if {
	every vault in [_hsm, {"type": "microsoft.keyvault/managedhsms", "properties": {"sku": {"name": "standard"}}}] {
		every tier in ["standard", "premium", "managed_hsm"] {
			count(key_vault_tier_sufficient.deny) == 0 with input as _server("AzureKeyVault", vault) with data.parameters as _min(tier)
			count(key_vault_tier_sufficient.unknown) == 0 with input as _server("AzureKeyVault", vault) with data.parameters as _min(tier)
		}
	}
}

test_tier_that_is_missing_or_new_is_unknown if {
	other := {"type": "Microsoft.KeyVault/hsmPools", "properties": {"sku": {"name": "premium"}}}
	every vault in [_kv("ultra"), {"type": "Microsoft.KeyVault/vaults", "properties": {}}, other, {}] {
		count(key_vault_tier_sufficient.unknown) == 1 with input as _server("AzureKeyVault", vault) with data.parameters as _min("premium")
		count(key_vault_tier_sufficient.deny) == 0 with input as _server("AzureKeyVault", vault) with data.parameters as _min("premium")
	}
}

test_ignores_system_managed if {
	server := _server("SystemManaged", _kv("standard"))
	count(key_vault_tier_sufficient.not_applicable) == 1 with input as server with data.parameters as _min("premium")
	count(key_vault_tier_sufficient.unknown) == 0 with input as server with data.parameters as _min("premium")
	count(key_vault_tier_sufficient.not_applicable) == 1 with input as {"resource": {"properties": {}}} with data.parameters as _min("premium")
}

test_other_mode_is_unknown if count(key_vault_tier_sufficient.unknown) == 1 with input as _server("AzureVaultPlus", _kv("premium")) with data.parameters as _min("premium")
