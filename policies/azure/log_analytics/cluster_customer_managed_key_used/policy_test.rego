package azure.log_analytics.cluster_customer_managed_key_used_test

import data.azure.log_analytics.cluster_customer_managed_key_used

_with(value) := {"resource": {"properties": {"keyVaultProperties": {"keyVaultUri": value}}}}

_required := {"customer_managed_key_required": true}

test_denies_an_empty_value if {
	some finding in cluster_customer_managed_key_used.deny with input as _with("") with data.parameters as _required
	finding.path == "resource.properties.keyVaultProperties.keyVaultUri"
	finding.actual == "absent"
	finding.expected == "the URI of a key vault"
}

test_denies_a_missing_value if {
	some finding in cluster_customer_managed_key_used.deny with input as {"resource": {"properties": {}}} with data.parameters as _required
	finding.path == "resource.properties.keyVaultProperties.keyVaultUri"
	finding.actual == "absent"
	finding.expected == "the URI of a key vault"
}

test_passes_a_value if {
	count(cluster_customer_managed_key_used.deny) == 0 with input as _with("x") with data.parameters as _required
	count(cluster_customer_managed_key_used.not_applicable) == 0 with input as _with("x") with data.parameters as _required
}

test_ignores_data_that_needs_no_such_setting if {
	count(cluster_customer_managed_key_used.not_applicable) == 1 with input as _with("") with data.parameters as {"customer_managed_key_required": false}
}
