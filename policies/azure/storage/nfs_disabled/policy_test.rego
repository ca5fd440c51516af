package azure.storage.nfs_disabled_test

import data.azure.storage.nfs_disabled

_in(value) := {"resource": {"properties": {"isNfsV3Enabled": value}}}

test_denies_the_bad if {
	some finding in nfs_disabled.deny with input as _in(true)
	finding.path == "resource.properties.isNfsV3Enabled"
	finding.actual == true
	finding.expected == false
}

test_passes_the_good if count(nfs_disabled.deny) == 0 with input as _in(false)

test_takes_a_missing_property_for_the_good if count(nfs_disabled.deny) == 0 with input as {"resource": {"properties": {}}}
