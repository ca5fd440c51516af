package azure.event_hubs.customer_managed_key_used_test

import data.azure.event_hubs.customer_managed_key_used

_namespace(source) := {"resource": {"properties": {"encryption": {"keySource": source}}}}

_required := {"customer_managed_key_required": true}

test_denies_no_key if {
	bare := {"resource": {"properties": {}}}
	some finding in customer_managed_key_used.deny with input as bare with data.parameters as _required
	finding.path == "resource.properties.encryption.keySource"
	finding.actual == "none"
	finding.expected == "Microsoft.KeyVault"
	count(customer_managed_key_used.unknown) == 0 with input as bare with data.parameters as _required
}

test_passes_a_key_in_a_vault if {
	every source in ["Microsoft.KeyVault", "microsoft.keyvault"] {
		count(customer_managed_key_used.deny) == 0 with input as _namespace(source) with data.parameters as _required
		count(customer_managed_key_used.unknown) == 0 with input as _namespace(source) with data.parameters as _required
		count(customer_managed_key_used.not_applicable) == 0 with input as _namespace(source) with data.parameters as _required
	}
}

test_other_source_is_unknown if {
	count(customer_managed_key_used.unknown) == 1 with input as _namespace("Microsoft.Vault") with data.parameters as _required
	count(customer_managed_key_used.deny) == 0 with input as _namespace("Microsoft.Vault") with data.parameters as _required
}

test_not_required_is_not_judged if {
	customer_managed_key_used.not_applicable == {"no customer-managed key is required for this data"} with input as {"resource": {"properties": {}}} with data.parameters as {"customer_managed_key_required": false}
}
