package azure.managed_hsm.purge_protection_enabled_test

import data.azure.managed_hsm.purge_protection_enabled

_pool(properties) := {"resource": {"properties": properties}}

test_denies_off if {
	some finding in purge_protection_enabled.deny with input as _pool({"enablePurgeProtection": false})
	finding.path == "resource.properties.enablePurgeProtection"
	finding.actual == false
	finding.expected == true
}

test_passes_on if {
	count(purge_protection_enabled.deny) == 0 with input as _pool({"enablePurgeProtection": true})
}
