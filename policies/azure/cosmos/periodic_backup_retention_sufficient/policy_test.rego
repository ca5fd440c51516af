package azure.cosmos.periodic_backup_retention_sufficient_test

import data.azure.cosmos.periodic_backup_retention_sufficient

_in(value) := {"resource": {"properties": {"backupPolicy": {"periodicModeProperties": {"backupRetentionIntervalInHours": value}, "type": "Periodic"}}}}

_bound := {"cosmos_backup_retention_hours_min": 336}

test_denies_what_is_out_of_bounds if {
	some finding in periodic_backup_retention_sufficient.deny with input as _in(335) with data.parameters as _bound
	finding.path == "resource.properties.backupPolicy.periodicModeProperties.backupRetentionIntervalInHours"
	finding.actual == 335
	finding.expected == "at least 336 hours"
}

test_passes_the_bound if {
	every value in [336, 337] {
		count(periodic_backup_retention_sufficient.deny) == 0 with input as _in(value) with data.parameters as _bound
	}
}

test_parameter_moves_the_bound if count(periodic_backup_retention_sufficient.deny) == 1 with input as _in(336) with data.parameters as {"cosmos_backup_retention_hours_min": 337}

# The engine answers unknown for a required read that is absent.
test_says_nothing_about_a_missing_property if count(periodic_backup_retention_sufficient.deny) == 0 with input as {"resource": {"properties": {"backupPolicy": {"type": "Periodic"}}}} with data.parameters as _bound

_with0(value) := {"resource": {"properties": {"backupPolicy": {"periodicModeProperties": {"backupRetentionIntervalInHours": 335}, "type": value}}}}

test_does_not_apply_0 if {
	every value in ["Continuous", "CONTINUOUS"] {
		some reason in periodic_backup_retention_sufficient.not_applicable with input as _with0(value) with data.parameters as _bound
		reason == "backup is continuous"
		count(periodic_backup_retention_sufficient.unknown) == 0 with input as _with0(value) with data.parameters as _bound
	}
	every value in ["Periodic"] {
		count(periodic_backup_retention_sufficient.not_applicable) == 0 with input as _with0(value) with data.parameters as _bound
		count(periodic_backup_retention_sufficient.unknown) == 0 with input as _with0(value) with data.parameters as _bound
	}
	count(periodic_backup_retention_sufficient.unknown) == 1 with input as _with0("Otherwise") with data.parameters as _bound
	count(periodic_backup_retention_sufficient.not_applicable) == 0 with input as _with0("Otherwise") with data.parameters as _bound
}
