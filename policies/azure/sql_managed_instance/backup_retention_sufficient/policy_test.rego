package azure.sql_managed_instance.backup_retention_sufficient_test

import data.azure.sql_managed_instance.backup_retention_sufficient

_database(days) := {"children": {"backupShortTermRetentionPolicies": {"default": {"properties": {"retentionDays": days}}}}, "resource": {"name": "ledger"}}

_required := {"backup_retention_days_min": 14}

test_denies_short_retention if {
	some finding in backup_retention_sufficient.deny with input as _database(13) with data.parameters as _required
	finding.path == "children.backupShortTermRetentionPolicies.default.properties.retentionDays"
	finding.actual == 13
	finding.expected == "at least 14"
}

test_passes_the_minimum if {
	count(backup_retention_sufficient.deny) == 0 with input as _database(14) with data.parameters as _required
}

test_parameter_moves_the_minimum if count(backup_retention_sufficient.deny) == 1 with input as _database(20) with data.parameters as {"backup_retention_days_min": 21}

test_missing_retention_is_seven_days if {
	some finding in backup_retention_sufficient.deny with input as {"resource": {"name": "ledger"}} with data.parameters as _required
	finding.actual == 7
	count(backup_retention_sufficient.deny) == 0 with input as {"resource": {"name": "ledger"}} with data.parameters as {"backup_retention_days_min": 7}
}
