package azure.cosmos.continuous_backup_sufficient_test

import data.azure.cosmos.continuous_backup_sufficient

_account(kind, tier) := {"resource": {"properties": {"backupPolicy": {"type": kind, "continuousModeProperties": {"tier": tier}}}}}

_required := {"backup_retention_days_min": 14}

test_denies_seven_days if {
	every tier in ["Continuous7Days", "continuous7days"] {
		some finding in continuous_backup_sufficient.deny with input as _account("Continuous", tier) with data.parameters as _required
		finding.path == "resource.properties.backupPolicy.continuousModeProperties.tier"
		finding.actual == tier
		finding.expected == "at least 14 days"
		count(continuous_backup_sufficient.unknown) == 0 with input as _account("Continuous", tier) with data.parameters as _required
	}
}

test_passes_thirty_days if {
	every account in [_account("Continuous", "Continuous30Days"), _account("continuous", "CONTINUOUS30DAYS"), {"resource": {"properties": {"backupPolicy": {"type": "Continuous"}}}}] {
		count(continuous_backup_sufficient.deny) == 0 with input as account with data.parameters as _required
		count(continuous_backup_sufficient.unknown) == 0 with input as account with data.parameters as _required
		count(continuous_backup_sufficient.not_applicable) == 0 with input as account with data.parameters as _required
	}
}

test_parameter_moves_the_minimum if {
	count(continuous_backup_sufficient.deny) == 0 with input as _account("Continuous", "Continuous7Days") with data.parameters as {"backup_retention_days_min": 7}
	count(continuous_backup_sufficient.deny) == 1 with input as _account("Continuous", "Continuous7Days") with data.parameters as {"backup_retention_days_min": 8}
	count(continuous_backup_sufficient.deny) == 0 with input as _account("Continuous", "Continuous30Days") with data.parameters as {"backup_retention_days_min": 30}
	count(continuous_backup_sufficient.deny) == 1 with input as _account("Continuous", "Continuous30Days") with data.parameters as {"backup_retention_days_min": 31}
}

test_missing_tier_is_thirty_days if {
	some finding in continuous_backup_sufficient.deny with input as {"resource": {"properties": {"backupPolicy": {"type": "Continuous"}}}} with data.parameters as {"backup_retention_days_min": 31}
	finding.actual == "Continuous30Days"
}

test_ignores_periodic_backup if {
	some reason in continuous_backup_sufficient.not_applicable with input as {"resource": {"properties": {"backupPolicy": {"type": "periodic"}}}} with data.parameters as _required
	reason == "backup is periodic"
	count(continuous_backup_sufficient.unknown) == 0 with input as {"resource": {"properties": {"backupPolicy": {"type": "periodic"}}}} with data.parameters as _required
}

test_what_is_new_is_unknown if {
	count(continuous_backup_sufficient.unknown) == 1 with input as _account("Continuous", "Continuous90Days") with data.parameters as _required
	count(continuous_backup_sufficient.unknown) == 1 with input as _account("Novelty", "Continuous30Days") with data.parameters as _required
}
