package azure.aks.disks_customer_managed_key_test

import data.azure.aks.disks_customer_managed_key

_resource(value) := {"resource": {"properties": {"diskEncryptionSetID": value}}}

test_denies_none if {
	every cluster in [_resource(""), {"resource": {"properties": {}}}] {
		some finding in disks_customer_managed_key.deny with input as cluster
		finding.path == "resource.properties.diskEncryptionSetID"
		finding.actual == ""
		finding.expected == "a disk encryption set"
		count(disks_customer_managed_key.not_applicable) == 0 with input as cluster
	}
}

test_passes_a_set if count(disks_customer_managed_key.deny) == 0 with input as _resource("/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/diskEncryptionSets/d")

test_not_required_is_not_judged if {
	disks_customer_managed_key.not_applicable == {"no customer-managed key is required for this data"} with input as _resource("") with data.parameters as {"customer_managed_key_required": false}
}
