package azure.managed_hsm.soft_delete_retention_sufficient_test

import data.azure.managed_hsm.soft_delete_retention_sufficient

_pool(properties) := {"resource": {"properties": properties}}

test_denies_too_few_days if {
	some finding in soft_delete_retention_sufficient.deny with input as _pool({"softDeleteRetentionInDays": 89})
		with data.parameters as {"soft_delete_retention_days_min": 90}
	finding.path == "resource.properties.softDeleteRetentionInDays"
	finding.actual == 89
	finding.expected == "at least 90 days"
}

test_passes_just_enough_days if {
	count(soft_delete_retention_sufficient.deny) == 0 with input as _pool({"softDeleteRetentionInDays": 90})
		with data.parameters as {"soft_delete_retention_days_min": 90}
}

test_parameter_lowers_the_bar if {
	count(soft_delete_retention_sufficient.deny) == 0 with input as _pool({"softDeleteRetentionInDays": 30})
		with data.parameters as {"soft_delete_retention_days_min": 30}
}
