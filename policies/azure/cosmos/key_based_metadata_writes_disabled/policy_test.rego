package azure.cosmos.key_based_metadata_writes_disabled_test

import data.azure.cosmos.key_based_metadata_writes_disabled

_account(value) := {"resource": {"properties": {"disableKeyBasedMetadataWriteAccess": value}}}

test_denies_false if {
	some finding in key_based_metadata_writes_disabled.deny with input as _account(false)
	finding.path == "resource.properties.disableKeyBasedMetadataWriteAccess"
	finding.actual == false
	finding.expected == true
}

test_passes_true if {
	count(key_based_metadata_writes_disabled.deny) == 0 with input as _account(true)
}

test_missing_setting_is_false if {
	some finding in key_based_metadata_writes_disabled.deny with input as {"resource": {"properties": {}}}
	finding.actual == false
}
