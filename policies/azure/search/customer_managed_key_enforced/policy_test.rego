package azure.search.customer_managed_key_enforced_test

import data.azure.search.customer_managed_key_enforced

_resource(value) := {"resource": {"properties": {"encryptionWithCmk": {"enforcement": value}}}}

test_denies if {
	every value in ["DISABLED", "Disabled", "UNSPECIFIED", "Unspecified", "disabled", "unspecified"] {
		some finding in customer_managed_key_enforced.deny with input as _resource(value)
		finding.path == "resource.properties.encryptionWithCmk.enforcement"
		finding.actual == value
		finding.expected == "Enabled"
		count(customer_managed_key_enforced.unknown) == 0 with input as _resource(value)
	}
}

test_passes if {
	every value in ["ENABLED", "Enabled"] {
		count(customer_managed_key_enforced.deny) == 0 with input as _resource(value)
		count(customer_managed_key_enforced.unknown) == 0 with input as _resource(value)
		count(customer_managed_key_enforced.not_applicable) == 0 with input as _resource(value)
	}
}

test_absent_is_the_default if {
	some finding in customer_managed_key_enforced.deny with input as {"resource": {"properties": {}}}
	finding.actual == "Unspecified"
}

test_other_value_is_unknown if {
	count(customer_managed_key_enforced.unknown) == 1 with input as _resource("Legacy")
	count(customer_managed_key_enforced.deny) == 0 with input as _resource("Legacy")
}

test_not_required_is_not_judged if {
	customer_managed_key_enforced.not_applicable == {"no customer-managed key is required for this data"} with input as _resource("Disabled") with data.parameters as {"customer_managed_key_required": false}
	count(customer_managed_key_enforced.not_applicable) == 0 with input as _resource("Disabled") with data.parameters as {"customer_managed_key_required": true}
}
