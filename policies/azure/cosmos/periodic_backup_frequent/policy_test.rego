package azure.cosmos.periodic_backup_frequent_test

import data.azure.cosmos.periodic_backup_frequent

_in(value) := {"resource": {"properties": {"backupPolicy": {"periodicModeProperties": {"backupIntervalInMinutes": value}, "type": "Periodic"}}}}

_bound := {"cosmos_backup_interval_minutes_max": 240}

test_denies_what_is_out_of_bounds if {
	some finding in periodic_backup_frequent.deny with input as _in(241) with data.parameters as _bound
	finding.path == "resource.properties.backupPolicy.periodicModeProperties.backupIntervalInMinutes"
	finding.actual == 241
	finding.expected == "at most 240 minutes"
}

test_passes_the_bound if {
	every value in [240, 239] {
		count(periodic_backup_frequent.deny) == 0 with input as _in(value) with data.parameters as _bound
	}
}

test_parameter_moves_the_bound if count(periodic_backup_frequent.deny) == 1 with input as _in(240) with data.parameters as {"cosmos_backup_interval_minutes_max": 239}

# The engine answers unknown for a required read that is absent.
test_says_nothing_about_a_missing_property if count(periodic_backup_frequent.deny) == 0 with input as {"resource": {"properties": {"backupPolicy": {"type": "Periodic"}}}} with data.parameters as _bound

_with0(value) := {"resource": {"properties": {"backupPolicy": {"periodicModeProperties": {"backupIntervalInMinutes": 241}, "type": value}}}}

test_does_not_apply_0 if {
	every value in ["Continuous", "CONTINUOUS"] {
		some reason in periodic_backup_frequent.not_applicable with input as _with0(value) with data.parameters as _bound
		reason == "backup is continuous"
		count(periodic_backup_frequent.unknown) == 0 with input as _with0(value) with data.parameters as _bound
	}
	every value in ["Periodic"] {
		count(periodic_backup_frequent.not_applicable) == 0 with input as _with0(value) with data.parameters as _bound
		count(periodic_backup_frequent.unknown) == 0 with input as _with0(value) with data.parameters as _bound
	}
	count(periodic_backup_frequent.unknown) == 1 with input as _with0("Otherwise") with data.parameters as _bound
	count(periodic_backup_frequent.not_applicable) == 0 with input as _with0("Otherwise") with data.parameters as _bound
}
