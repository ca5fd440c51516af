package azure.data_factory.customer_managed_key_used_test

import data.azure.data_factory.customer_managed_key_used

_resource(value) := {"resource": {"properties": {"encryption": {"keyName": value}}}}

test_denies_none if {
	every resource in [_resource(""), {"resource": {"properties": {}}}] {
		some finding in customer_managed_key_used.deny with input as resource
		finding.path == "resource.properties.encryption.keyName"
		finding.actual == ""
		finding.expected == "a key of the firm"
		count(customer_managed_key_used.not_applicable) == 0 with input as resource
	}
}

test_passes_a_key if {
	count(customer_managed_key_used.deny) == 0 with input as _resource("adf-payments")
	count(customer_managed_key_used.not_applicable) == 0 with input as _resource("adf-payments")
}

test_not_required_is_not_judged if {
	customer_managed_key_used.not_applicable == {"no customer-managed key is required for this data"} with input as _resource("") with data.parameters as {"customer_managed_key_required": false}
}
