package azure.key_vault.soft_delete_enabled_test

import data.azure.key_vault.soft_delete_enabled

_vault(properties) := {"resource": {"properties": properties}}

test_denies_off if {
	some finding in soft_delete_enabled.deny with input as _vault({"enableSoftDelete": false})
	finding.path == "resource.properties.enableSoftDelete"
	finding.actual == false
	finding.expected == true
}

test_passes_on if {
	count(soft_delete_enabled.deny) == 0 with input as _vault({"enableSoftDelete": true})
}
