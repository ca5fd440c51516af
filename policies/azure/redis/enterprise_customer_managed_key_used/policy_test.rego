package azure.redis.enterprise_customer_managed_key_used_test

import data.azure.redis.enterprise_customer_managed_key_used

_cluster(key) := {"resource": {"properties": {"encryption": {"customerManagedKeyEncryption": {"keyEncryptionKeyUrl": key}}}}}

_required := {"customer_managed_key_required": true}

test_denies_no_key if {
	every cluster in [_cluster(""), {"resource": {"properties": {}}}] {
		some finding in enterprise_customer_managed_key_used.deny with input as cluster with data.parameters as _required
		finding.path == "resource.properties.encryption.customerManagedKeyEncryption.keyEncryptionKeyUrl"
		finding.actual == "none"
		finding.expected == "https://VAULT/keys/NAME/VERSION"
	}
}

test_passes_a_key if {
	key := _cluster("https://kv-payments-weu.vault.azure.net/keys/amr/1")
	count(enterprise_customer_managed_key_used.deny) == 0 with input as key with data.parameters as _required
	count(enterprise_customer_managed_key_used.not_applicable) == 0 with input as key with data.parameters as _required
}

test_not_required_is_not_judged if {
	enterprise_customer_managed_key_used.not_applicable == {"no customer-managed key is required for this data"} with input as _cluster("") with data.parameters as {"customer_managed_key_required": false}
}
