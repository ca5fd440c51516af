package azure.key_vault.purge_protection_enabled_test

import data.azure.key_vault.purge_protection_enabled

_vault(properties) := {"resource": {"properties": properties}}

test_denies_off if {
	some finding in purge_protection_enabled.deny with input as _vault({"enablePurgeProtection": false})
	finding.path == "resource.properties.enablePurgeProtection"
	finding.actual == false
	finding.expected == true
}

test_passes_on if {
	count(purge_protection_enabled.deny) == 0 with input as _vault({"enablePurgeProtection": true})
}

test_absent_is_off if {
	count(purge_protection_enabled.deny) == 1 with input as _vault({"enableSoftDelete": true})
}
