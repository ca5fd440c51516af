package azure.storage.file_share_default_permission_none_test

import data.azure.storage.file_share_default_permission_none

_in(value) := {"resource": {"properties": {"azureFilesIdentityBasedAuthentication": {"defaultSharePermission": value}}}}

test_denies_the_bad if {
	every value in ["StorageFileDataSmbShareReader", "StorageFileDataSmbShareContributor", "StorageFileDataSmbShareElevatedContributor", "STORAGEFILEDATASMBSHAREREADER", "STORAGEFILEDATASMBSHARECONTRIBUTOR", "STORAGEFILEDATASMBSHAREELEVATEDCONTRIBUTOR"] {
		some finding in file_share_default_permission_none.deny with input as _in(value)
		finding.path == "resource.properties.azureFilesIdentityBasedAuthentication.defaultSharePermission"
		finding.actual == value
		finding.expected == "None"
		count(file_share_default_permission_none.unknown) == 0 with input as _in(value)
	}
}

test_passes_the_good if {
	every value in ["None", "NONE"] {
		count(file_share_default_permission_none.deny) == 0 with input as _in(value)
		count(file_share_default_permission_none.unknown) == 0 with input as _in(value)
	}
}

test_takes_a_missing_property_for_the_good if {
	count(file_share_default_permission_none.deny) == 0 with input as {"resource": {"properties": {}}}
	count(file_share_default_permission_none.unknown) == 0 with input as {"resource": {"properties": {}}}
}

test_other_value_is_unknown if {
	count(file_share_default_permission_none.unknown) == 1 with input as _in("Otherwise")
	count(file_share_default_permission_none.deny) == 0 with input as _in("Otherwise")
}
