package azure.storage.blob_restore_point_available_test

import data.azure.storage.blob_restore_point_available

_in(on, kind, flat) := {"resource": {"kind": kind, "properties": {"isHnsEnabled": flat}}, "children": {"blobServices": {"default": {"properties": {"restorePolicy": {"enabled": on}}}}}}

test_denies_what_is_off if {
	every account in [_in(false, "StorageV2", false), _in(false, "BlockBlobStorage", false), {"resource": {"kind": "StorageV2", "properties": {"isHnsEnabled": false}}}] {
		some finding in blob_restore_point_available.deny with input as account
		finding.path == "children.blobServices.default.properties.restorePolicy.enabled"
		finding.actual == false
		finding.expected == true
		count(blob_restore_point_available.not_applicable) == 0 with input as account
		count(blob_restore_point_available.unknown) == 0 with input as account
	}
}

test_passes_what_is_on if count(blob_restore_point_available.deny) == 0 with input as _in(true, "storagev2", false)

test_other_accounts_cannot if {
	every kind in ["FileStorage", "BlobStorage", "Storage", "STORAGE"] {
		some reason in blob_restore_point_available.not_applicable with input as _in(false, kind, false)
		reason == "an account of this kind cannot do it"
		count(blob_restore_point_available.unknown) == 0 with input as _in(false, kind, false)
	}
	some reason in blob_restore_point_available.not_applicable with input as _in(false, "StorageV2", true)
	reason == "an account with a hierarchical namespace cannot do it"
}

test_other_kind_is_unknown if count(blob_restore_point_available.unknown) == 1 with input as _in(true, "StorageV9", false)
