package azure.mysql.backup_retention_bounded_test

import data.azure.mysql.backup_retention_bounded

_limit := {"backup_retention_days_max": 21}

_server(days) := {"resource": {"properties": {"backup": {"backupRetentionDays": days}}}}

# The engine answers unknown for a required read that is absent.
test_says_nothing_about_a_missing_retention if {
	count(backup_retention_bounded.deny) == 0 with input as {"resource": {"properties": {}}} with data.parameters as _limit
	count(backup_retention_bounded.unknown) == 0 with input as {"resource": {"properties": {}}} with data.parameters as _limit
}

test_retention_that_is_no_number_is_unknown if {
	count(backup_retention_bounded.unknown) == 1 with input as _server("14") with data.parameters as _limit
	count(backup_retention_bounded.deny) == 0 with input as _server("14") with data.parameters as _limit
}

test_denies_more_days if {
	count(backup_retention_bounded.deny) == 1 with input as _server(22) with data.parameters as _limit
	some finding in backup_retention_bounded.deny with input as _server(22) with data.parameters as _limit
	finding.message
	finding.path == "resource.properties.backup.backupRetentionDays"
	finding.actual == 22
	finding.expected == "at most 21"
	count(backup_retention_bounded.unknown) == 0 with input as _server(22) with data.parameters as _limit
}

test_passes_as_many_days_and_fewer if {
	every days in [21, 1] {
		count(backup_retention_bounded.deny) == 0 with input as _server(days) with data.parameters as _limit
		count(backup_retention_bounded.unknown) == 0 with input as _server(days) with data.parameters as _limit
	}
}
