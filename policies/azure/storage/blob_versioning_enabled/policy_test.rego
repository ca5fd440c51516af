package azure.storage.blob_versioning_enabled_test

import data.azure.storage.blob_versioning_enabled

_account(kind, hierarchical, versioning) := {
	"resource": {"kind": kind, "properties": {"isHnsEnabled": hierarchical}},
	"children": {"blobServices": {"default": {"properties": {"isVersioningEnabled": versioning}}}},
}

test_denies_off if {
	some finding in blob_versioning_enabled.deny with input as _account("StorageV2", false, false)
	finding.path == "children.blobServices.default.properties.isVersioningEnabled"
	finding.actual == false
	finding.expected == true
	count(blob_versioning_enabled.not_applicable) == 0 with input as _account("StorageV2", false, false)
}

test_passes_on if {
	count(blob_versioning_enabled.deny) == 0 with input as _account("StorageV2", false, true)
	count(blob_versioning_enabled.not_applicable) == 0 with input as _account("StorageV2", false, true)
}

test_missing_properties_are_off if {
	some finding in blob_versioning_enabled.deny with input as {"resource": {"kind": "StorageV2"}, "children": {}}
	finding.actual == false
	count(blob_versioning_enabled.not_applicable) == 0 with input as {"resource": {"kind": "StorageV2"}, "children": {}}
}

test_file_shares_are_not_judged if {
	blob_versioning_enabled.not_applicable == {"an account for file shares holds no blobs"} with input as _account("filestorage", false, false)
}

test_hierarchical_namespace_is_not_judged if {
	blob_versioning_enabled.not_applicable == {"an account with a hierarchical namespace cannot keep versions of blobs"} with input as _account("StorageV2", true, false)
}
