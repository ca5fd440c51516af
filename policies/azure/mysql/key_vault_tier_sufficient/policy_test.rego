package azure.mysql.key_vault_tier_sufficient_test

import data.azure.mysql.key_vault_tier_sufficient

_key(type, vault) := {"resource": {"properties": {"dataEncryption": {"type": type}}}, "related": {"key_vault": vault}}

_server(vault) := _key("AzureKeyVault", vault)

_vault(sku) := {"type": "Microsoft.KeyVault/vaults", "properties": {"sku": {"name": sku}}}

_pool := {"type": "microsoft.keyvault/managedhsms", "properties": {}}

_at_least(tier) := {"key_vault_tier_min": tier}

test_passes_the_tier_and_those_above if {
	every pair in [["standard", _vault("Standard")], ["standard", _vault("premium")], ["standard", _pool], ["premium", _vault("Premium")], ["premium", _pool], ["managed_hsm", _pool]] {
		count(key_vault_tier_sufficient.deny) == 0 with input as _server(pair[1]) with data.parameters as _at_least(pair[0])
		count(key_vault_tier_sufficient.unknown) == 0 with input as _server(pair[1]) with data.parameters as _at_least(pair[0])
		count(key_vault_tier_sufficient.not_applicable) == 0 with input as _server(pair[1]) with data.parameters as _at_least(pair[0])
	}
}

test_denies_standard_below_premium if {
	vault := {"type": "MICROSOFT.KEYVAULT/VAULTS", "properties": {"sku": {"name": "Standard"}}}
	count(key_vault_tier_sufficient.deny) == 1 with input as _server(vault) with data.parameters as _at_least("premium")
	some finding in key_vault_tier_sufficient.deny with input as _server(vault) with data.parameters as _at_least("premium")
	finding.message
	finding.path == "related.key_vault.properties.sku.name"
	finding.actual == "standard"
	finding.expected == "premium"
}

test_denies_vaults_below_a_managed_hsm if {
	count(key_vault_tier_sufficient.deny) == 1 with input as _server(_vault("premium")) with data.parameters as _at_least("managed_hsm")
	count(key_vault_tier_sufficient.deny) == 1 with input as _server(_vault("standard")) with data.parameters as _at_least("managed_hsm")
}

test_not_applicable_with_a_key_that_azure_manages if {
	count(key_vault_tier_sufficient.not_applicable) == 1 with input as _key("SYSTEMMANAGED", _vault("standard")) with data.parameters as _at_least("premium")
	count(key_vault_tier_sufficient.deny) == 0 with input as _key("SystemManaged", _vault("standard")) with data.parameters as _at_least("premium")
	count(key_vault_tier_sufficient.unknown) == 0 with input as _key("SystemManaged", _vault("standard")) with data.parameters as _at_least("premium")
}

test_missing_encryption_is_a_key_that_azure_manages if {
	count(key_vault_tier_sufficient.not_applicable) == 1 with input as {"resource": {"properties": {}}} with data.parameters as _at_least("premium")
}

test_other_tier_is_unknown if {
	count(key_vault_tier_sufficient.unknown) == 1 with input as _server(_vault("ultra")) with data.parameters as _at_least("premium")
	count(key_vault_tier_sufficient.deny) == 0 with input as _server(_vault("ultra")) with data.parameters as _at_least("premium")
}

test_vault_without_a_tier_is_unknown if {
	vault := {"type": "Microsoft.KeyVault/vaults", "properties": {}}
	count(key_vault_tier_sufficient.unknown) == 1 with input as _server(vault) with data.parameters as _at_least("premium")
	count(key_vault_tier_sufficient.deny) == 0 with input as _server(vault) with data.parameters as _at_least("premium")
}

test_missing_vault_is_unknown if {
	server := {"resource": {"properties": {"dataEncryption": {"type": "AzureKeyVault"}}}}
	count(key_vault_tier_sufficient.unknown) == 1 with input as server with data.parameters as _at_least("standard")
}

test_other_kind_of_store_is_unknown if {
	store := {"type": "Microsoft.KeyVault/stores", "properties": {"sku": {"name": "standard"}}}
	count(key_vault_tier_sufficient.unknown) == 1 with input as _server(store) with data.parameters as _at_least("premium")
	count(key_vault_tier_sufficient.deny) == 0 with input as _server(store) with data.parameters as _at_least("premium")
}

test_other_type_is_unknown if {
	count(key_vault_tier_sufficient.unknown) == 1 with input as _key("CloudHsm", _vault("standard")) with data.parameters as _at_least("premium")
	count(key_vault_tier_sufficient.deny) == 0 with input as _key("CloudHsm", _vault("standard")) with data.parameters as _at_least("premium")
}
