package azure.cosmos.customer_managed_key_used_test

import data.azure.cosmos.customer_managed_key_used

_account(uri) := {"resource": {"properties": {"keyVaultKeyUri": uri}}}

_required := {"customer_managed_key_required": true}

test_denies_what_is_no_key if {
	every uri in ["", "https://kv-payments-weu.vault.azure.net/secrets/cosmos"] {
		some finding in customer_managed_key_used.deny with input as _account(uri) with data.parameters as _required
		finding.path == "resource.properties.keyVaultKeyUri"
		finding.actual == uri
		finding.expected == "https://VAULT/keys/NAME"
	}
}

test_missing_key_is_none if {
	some finding in customer_managed_key_used.deny with input as {"resource": {"properties": {}}} with data.parameters as _required
	finding.actual == ""
}

test_passes_a_key_of_the_firm if {
	count(customer_managed_key_used.deny) == 0 with input as _account("https://kv-payments-weu.vault.azure.net/keys/cosmos") with data.parameters as _required
	count(customer_managed_key_used.not_applicable) == 0 with input as _account("https://kv-payments-weu.vault.azure.net/keys/cosmos") with data.parameters as _required
}

test_ignores_data_that_needs_no_key if {
	some reason in customer_managed_key_used.not_applicable with input as _account("") with data.parameters as {"customer_managed_key_required": false}
	reason == "no customer-managed key is required for this data"
}
