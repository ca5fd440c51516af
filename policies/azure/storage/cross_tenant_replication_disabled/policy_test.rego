package azure.storage.cross_tenant_replication_disabled_test

import data.azure.storage.cross_tenant_replication_disabled

_account(value) := {"resource": {"properties": {"allowCrossTenantReplication": value}}}

test_denies_true if {
	some finding in cross_tenant_replication_disabled.deny with input as _account(true)
	finding.path == "resource.properties.allowCrossTenantReplication"
	finding.actual == true
	finding.expected == false
}

test_passes_false if {
	count(cross_tenant_replication_disabled.deny) == 0 with input as _account(false)
}

test_missing_property_is_true if {
	some finding in cross_tenant_replication_disabled.deny with input as {"resource": {"properties": {}}}
	finding.actual == true
}
