package azure.mysql_single.customer_managed_key_used_test

import data.azure.mysql_single.customer_managed_key_used

_server(keys) := {"children": {"keys": keys}}

_key := {"vault_key_0123": {"name": "vault_key_0123"}}

_required := {"customer_managed_key_required": true}

test_denies_no_key if {
	some finding in customer_managed_key_used.deny with input as _server({}) with data.parameters as _required
	finding.path == "children.keys.*"
	finding.actual == "none"
	finding.expected == "a key in a vault of the firm"
}

test_passes_a_key if {
	count(customer_managed_key_used.deny) == 0 with input as _server(_key) with data.parameters as _required
	count(customer_managed_key_used.not_applicable) == 0 with input as _server(_key) with data.parameters as _required
}

test_ignores_data_that_needs_no_key if {
	some reason in customer_managed_key_used.not_applicable with input as _server({}) with data.parameters as {"customer_managed_key_required": false}
	reason == "no customer-managed key is required for this data"
}
