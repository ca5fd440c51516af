package azure.storage.file_share_soft_delete_enabled_test

import data.azure.storage.file_share_soft_delete_enabled

_account(kind, on) := {"resource": {"kind": kind}, "children": {"fileServices": {"default": {"properties": {"shareDeleteRetentionPolicy": {"enabled": on}}}}}}

test_denies_off if {
	some finding in file_share_soft_delete_enabled.deny with input as _account("StorageV2", false)
	finding.path == "children.fileServices.default.properties.shareDeleteRetentionPolicy.enabled"
	finding.actual == false
	finding.expected == true
	count(file_share_soft_delete_enabled.not_applicable) == 0 with input as _account("StorageV2", false)
}

test_passes_on if {
	count(file_share_soft_delete_enabled.deny) == 0 with input as _account("FileStorage", true)
	count(file_share_soft_delete_enabled.not_applicable) == 0 with input as _account("FileStorage", true)
}

# The engine answers unknown for a required read that is absent.
test_says_nothing_about_a_missing_policy if count(file_share_soft_delete_enabled.deny) == 0 with input as {"resource": {"kind": "StorageV2"}, "children": {}}

test_blob_accounts_are_not_judged if {
	every kind in ["BlobStorage", "blockblobstorage"] {
		count(file_share_soft_delete_enabled.not_applicable) == 1 with input as _account(kind, false)
	}
}
