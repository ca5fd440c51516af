package azure.storage.blob_soft_delete_retention_sufficient_test

import data.azure.storage.blob_soft_delete_retention_sufficient

_account(policy) := {"children": {"blobServices": {"default": {"properties": {"deleteRetentionPolicy": policy}}}}}

_week := {"storage_soft_delete_days_min": 7}

test_denies_fewer_days if {
	short := _account({"enabled": true, "days": 6})
	some finding in blob_soft_delete_retention_sufficient.deny with input as short with data.parameters as _week
	finding.path == "children.blobServices.default.properties.deleteRetentionPolicy.days"
	finding.actual == 6
	finding.expected == "at least 7"
	count(blob_soft_delete_retention_sufficient.not_applicable) == 0 with input as short with data.parameters as _week
}

test_passes_enough_days if {
	every days in [7, 8, 365] {
		count(blob_soft_delete_retention_sufficient.deny) == 0 with input as _account({"enabled": true, "days": days}) with data.parameters as _week
	}
}

test_off_is_not_judged if {
	count(blob_soft_delete_retention_sufficient.not_applicable) == 1 with input as _account({"enabled": false, "days": 1}) with data.parameters as _week
	count(blob_soft_delete_retention_sufficient.not_applicable) == 1 with input as {"children": {}} with data.parameters as _week
}

# The engine answers unknown for a required read that is absent.
test_says_nothing_about_missing_days if count(blob_soft_delete_retention_sufficient.deny) == 0 with input as _account({"enabled": true}) with data.parameters as _week
