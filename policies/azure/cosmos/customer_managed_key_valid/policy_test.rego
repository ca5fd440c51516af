package azure.cosmos.customer_managed_key_valid_test

import data.azure.cosmos.customer_managed_key_valid

_in(status) := {"resource": {"properties": {"keyVaultKeyUri": "https://kv-payments-weu.vault.azure.net/keys/cosmos", "customerManagedKeyStatus": status}}}

test_denies_revocation if {
	every status in ["Access to your account is currently revoked because the key is disabled.", "ACCESS REVOKED"] {
		some finding in customer_managed_key_valid.deny with input as _in(status)
		finding.path == "resource.properties.customerManagedKeyStatus"
		finding.actual == status
		finding.expected == "access confirmed"
		count(customer_managed_key_valid.unknown) == 0 with input as _in(status)
	}
}

test_passes_confirmed_access if {
	count(customer_managed_key_valid.deny) == 0 with input as _in("Access to the configured customer managed key confirmed.")
	count(customer_managed_key_valid.unknown) == 0 with input as _in("Access to the configured customer managed key confirmed.")
	count(customer_managed_key_valid.not_applicable) == 0 with input as _in("Access to the configured customer managed key confirmed.")
}

test_other_sentence_is_unknown if {
	every status in ["", "Waiting.", "No access to the configured customer managed key confirmed."] {
		count(customer_managed_key_valid.unknown) == 1 with input as _in(status)
		count(customer_managed_key_valid.deny) == 0 with input as _in(status)
	}
}

test_does_not_apply_without_key if {
	every account in [{"resource": {"properties": {}}}, {"resource": {"properties": {"keyVaultKeyUri": ""}}}] {
		some reason in customer_managed_key_valid.not_applicable with input as account
		reason == "the account uses no customer-managed key"
	}
}
