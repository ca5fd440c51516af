package azure.log_analytics.cluster_double_encryption_enabled_test

import data.azure.log_analytics.cluster_double_encryption_enabled

_in(value) := {"resource": {"properties": {"isDoubleEncryptionEnabled": value}}}

test_denies_the_bad if {
	some finding in cluster_double_encryption_enabled.deny with input as _in(false)
	finding.path == "resource.properties.isDoubleEncryptionEnabled"
	finding.actual == false
	finding.expected == true
}

test_passes_the_good if count(cluster_double_encryption_enabled.deny) == 0 with input as _in(true)

test_takes_a_missing_property_for_the_bad if count(cluster_double_encryption_enabled.deny) == 1 with input as {"resource": {"properties": {}}}
