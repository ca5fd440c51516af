package azure.storage.customer_managed_key_used_test

import data.azure.storage.customer_managed_key_used

_account(value) := {"resource": {"properties": {"encryption": {"keySource": value}}}}

_required := {"customer_managed_key_required": true}

test_denies_the_bad if {
	every value in ["Microsoft.Storage", "microsoft.storage"] {
		some finding in customer_managed_key_used.deny with input as _account(value) with data.parameters as _required
		finding.path == "resource.properties.encryption.keySource"
		finding.actual == value
		finding.expected == "Microsoft.Keyvault"
		count(customer_managed_key_used.unknown) == 0 with input as _account(value) with data.parameters as _required
	}
}

test_passes_the_good if {
	every value in ["Microsoft.Keyvault", "MICROSOFT.KEYVAULT"] {
		count(customer_managed_key_used.deny) == 0 with input as _account(value) with data.parameters as _required
		count(customer_managed_key_used.unknown) == 0 with input as _account(value) with data.parameters as _required
		count(customer_managed_key_used.not_applicable) == 0 with input as _account(value) with data.parameters as _required
	}
}

test_missing_property_is_microsoft_storage if {
	some finding in customer_managed_key_used.deny with input as {"resource": {"properties": {}}} with data.parameters as _required
	finding.actual == "Microsoft.Storage"
}

test_other_value_is_unknown if {
	count(customer_managed_key_used.unknown) == 1 with input as _account("Microsoft.Vault") with data.parameters as _required
	count(customer_managed_key_used.deny) == 0 with input as _account("Microsoft.Vault") with data.parameters as _required
}

test_not_required_is_not_judged if {
	customer_managed_key_used.not_applicable == {"no customer-managed key is required for this data"} with input as _account("Microsoft.Storage") with data.parameters as {"customer_managed_key_required": false}
}
