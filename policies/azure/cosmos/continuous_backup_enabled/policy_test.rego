package azure.cosmos.continuous_backup_enabled_test

import data.azure.cosmos.continuous_backup_enabled

_account(value) := {"resource": {"properties": {"backupPolicy": {"type": value}}}}

test_denies_what_is_bad if {
	every value in ["Periodic", "PERIODIC", "periodic"] {
		some finding in continuous_backup_enabled.deny with input as _account(value)
		finding.path == "resource.properties.backupPolicy.type"
		finding.actual == value
		finding.expected == "Continuous"
		count(continuous_backup_enabled.unknown) == 0 with input as _account(value)
	}
}

test_passes_what_is_good if {
	every value in ["Continuous", "CONTINUOUS", "continuous"] {
		count(continuous_backup_enabled.deny) == 0 with input as _account(value)
		count(continuous_backup_enabled.unknown) == 0 with input as _account(value)
	}
}

test_missing_setting_is_periodic if {
	some finding in continuous_backup_enabled.deny with input as {"resource": {"properties": {}}}
	finding.actual == "Periodic"
}

test_other_value_is_unknown if {
	count(continuous_backup_enabled.unknown) == 1 with input as _account("Novelty")
	count(continuous_backup_enabled.deny) == 0 with input as _account("Novelty")
}
