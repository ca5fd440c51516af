package azure.cosmos.mongo_cluster_customer_managed_key_used_test

import data.azure.cosmos.mongo_cluster_customer_managed_key_used

_in(key) := {"resource": {"properties": {"encryption": {"customerManagedKeyEncryption": {"keyEncryptionKeyUrl": key}}}}}

test_denies_without_key if {
	every cluster in [_in(""), {"resource": {"properties": {}}}] {
		some finding in mongo_cluster_customer_managed_key_used.deny with input as cluster
		finding.path == "resource.properties.encryption.customerManagedKeyEncryption.keyEncryptionKeyUrl"
		finding.actual == "none"
		finding.expected == "a key of the firm"
	}
}

test_passes_with_key if count(mongo_cluster_customer_managed_key_used.deny) == 0 with input as _in("https://kv-payments-weu.vault.azure.net/keys/mongo")
