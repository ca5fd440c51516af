package azure.storage.blob_soft_delete_enabled_test

import data.azure.storage.blob_soft_delete_enabled

_account(kind, on) := {"resource": {"kind": kind}, "children": {"blobServices": {"default": {"properties": {"deleteRetentionPolicy": {"enabled": on}}}}}}

test_denies_off if {
	some finding in blob_soft_delete_enabled.deny with input as _account("StorageV2", false)
	finding.path == "children.blobServices.default.properties.deleteRetentionPolicy.enabled"
	finding.actual == false
	finding.expected == true
	count(blob_soft_delete_enabled.not_applicable) == 0 with input as _account("StorageV2", false)
}

test_passes_on if {
	count(blob_soft_delete_enabled.deny) == 0 with input as _account("StorageV2", true)
	count(blob_soft_delete_enabled.not_applicable) == 0 with input as _account("StorageV2", true)
}

test_missing_policy_is_off if {
	some finding in blob_soft_delete_enabled.deny with input as {"resource": {"kind": "StorageV2"}, "children": {}}
	finding.actual == false
}

test_other_kinds_are_not_judged if {
	every kind in ["FileStorage", "filestorage"] {
		count(blob_soft_delete_enabled.not_applicable) == 1 with input as _account(kind, false)
	}
}
