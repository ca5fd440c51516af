package azure.backup.soft_delete_retention_sufficient_test

import data.azure.backup.soft_delete_retention_sufficient

_with(value) := {"resource": {"properties": {"securitySettings": {"softDeleteSettings": {"retentionDurationInDays": value}}}}}

_limit := {"backup_soft_delete_days_min": 40}

test_denies_beyond_the_limit if {
	some finding in soft_delete_retention_sufficient.deny with input as _with(39) with data.parameters as _limit
	finding.path == "resource.properties.securitySettings.softDeleteSettings.retentionDurationInDays"
	finding.actual == 39
	finding.expected == "at least 40 days"
}

test_passes_the_limit if {
	every value in [40, 41] {
		count(soft_delete_retention_sufficient.deny) == 0 with input as _with(value) with data.parameters as _limit
	}
}

test_missing_value_is_14 if {
	some finding in soft_delete_retention_sufficient.deny with input as {"resource": {"properties": {}}} with data.parameters as {"backup_soft_delete_days_min": 15}
	finding.actual == 14
	count(soft_delete_retention_sufficient.deny) == 0 with input as {"resource": {"properties": {}}} with data.parameters as {"backup_soft_delete_days_min": 14}
}
