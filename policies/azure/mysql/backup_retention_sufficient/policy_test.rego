package azure.mysql.backup_retention_sufficient_test

import data.azure.mysql.backup_retention_sufficient

_limit := {"backup_retention_days_min": 14}

_server(days) := {"resource": {"properties": {"backup": {"backupRetentionDays": days}}}}

test_missing_retention_is_seven_days if {
	count(backup_retention_sufficient.deny) == 1 with input as {"resource": {"properties": {}}} with data.parameters as _limit
	some finding in backup_retention_sufficient.deny with input as {"resource": {"properties": {}}} with data.parameters as _limit
	finding.actual == 7
	count(backup_retention_sufficient.deny) == 0 with input as {"resource": {"properties": {}}} with data.parameters as {"backup_retention_days_min": 7}
}

test_retention_that_is_no_number_is_unknown if {
	count(backup_retention_sufficient.unknown) == 1 with input as _server("14") with data.parameters as _limit
	count(backup_retention_sufficient.deny) == 0 with input as _server("14") with data.parameters as _limit
}

test_denies_fewer_days if {
	count(backup_retention_sufficient.deny) == 1 with input as _server(13) with data.parameters as _limit
	some finding in backup_retention_sufficient.deny with input as _server(13) with data.parameters as _limit
	finding.message
	finding.path == "resource.properties.backup.backupRetentionDays"
	finding.actual == 13
	finding.expected == "at least 14"
	count(backup_retention_sufficient.unknown) == 0 with input as _server(13) with data.parameters as _limit
}

test_passes_as_many_days_and_more if {
	every days in [14, 35] {
		count(backup_retention_sufficient.deny) == 0 with input as _server(days) with data.parameters as _limit
		count(backup_retention_sufficient.unknown) == 0 with input as _server(days) with data.parameters as _limit
	}
}

# As text, "7" would be greater than every number.
test_text_is_not_compared if count(backup_retention_sufficient.deny) == 0 with input as _server(["7"]) with data.parameters as _limit

test_null_is_not_compared if count(backup_retention_sufficient.deny) == 0 with input as _server(null) with data.parameters as _limit
