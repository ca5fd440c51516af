package azure.recovery_services.customer_managed_key_used_test

import data.azure.recovery_services.customer_managed_key_used

_vault(uri) := {"resource": {"properties": {"encryption": {"keyVaultProperties": {"keyUri": uri}}}}}

_required := {"customer_managed_key_required": true}

test_denies_a_vault_without_key if {
	some finding in customer_managed_key_used.deny with input as {"resource": {"properties": {}}} with data.parameters as _required
	finding.path == "resource.properties.encryption.keyVaultProperties.keyUri"
	finding.actual == "no key"
	finding.expected == "https://VAULT/keys/NAME"
}

test_denies_what_is_no_key if {
	some finding in customer_managed_key_used.deny with input as _vault("") with data.parameters as _required
	finding.actual == ""
}

test_passes_a_key if {
	vault := _vault("https://kv.vault.azure.net/keys/cmk-backup")
	count(customer_managed_key_used.deny) == 0 with input as vault with data.parameters as _required
	count(customer_managed_key_used.not_applicable) == 0 with input as vault with data.parameters as _required
}

test_ignores_data_that_needs_no_key if {
	count(customer_managed_key_used.not_applicable) == 1 with input as _vault("") with data.parameters as {"customer_managed_key_required": false}
}
