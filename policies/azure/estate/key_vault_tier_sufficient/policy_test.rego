package azure.estate.key_vault_tier_sufficient_test

import data.azure.estate.key_vault_tier_sufficient

_resource(vault) := {"related": {"key_vault": object.union({"id": "/v"}, vault)}}

_kv(sku) := {"type": "Microsoft.KeyVault/vaults", "properties": {"sku": {"name": sku}}}

_hsm := {"type": "Microsoft.KeyVault/managedHSMs"}

_verdict(it, tier) := [count(denied), count(unclear), count(aside)] if {
	denied := key_vault_tier_sufficient.deny with input as it with data.parameters as {"key_vault_tier_min": tier}
	unclear := key_vault_tier_sufficient.unknown with input as it with data.parameters as {"key_vault_tier_min": tier}
	aside := key_vault_tier_sufficient.not_applicable with input as it with data.parameters as {"key_vault_tier_min": tier}
}

test_denies_a_standard_vault if {
	some finding in key_vault_tier_sufficient.deny with input as _resource(_kv("Standard")) with data.parameters as {"key_vault_tier_min": "premium"}
	finding.path == "related.key_vault.properties.sku.name"
	finding.actual == "standard"
	finding.expected == "premium or higher"
	_verdict(_resource(_kv("Standard")), "premium") == [1, 0, 0]
}

test_denies_a_premium_vault_where_a_managed_hsm_is_due if _verdict(_resource(_kv("premium")), "managed_hsm") == [1, 0, 0]

test_passes_the_lowest_tier_and_above if {
	every pair in [["standard", "standard"], ["Premium", "standard"], ["premium", "premium"]] {
		_verdict(_resource(_kv(pair[0])), pair[1]) == [0, 0, 0]
	}
}

test_passes_a_managed_hsm_for_every_tier if {
	every vault in [_hsm, {"type": "microsoft.keyvault/managedhsms", "properties": {"sku": {"name": "standard"}}}] {
		every tier in ["standard", "premium", "managed_hsm"] {
			_verdict(_resource(vault), tier) == [0, 0, 0]
		}
	}
}

test_tier_that_is_missing_or_new_is_unknown if {
	other := {"type": "Microsoft.KeyVault/hsmPools", "properties": {"sku": {"name": "premium"}}}
	every vault in [_kv("ultra"), {"type": "Microsoft.KeyVault/vaults", "properties": {}}, other] {
		_verdict(_resource(vault), "premium") == [0, 1, 0]
	}
}

test_ignores_keys_that_azure_manages if _verdict({"related": {}}, "premium") == [0, 0, 1]
