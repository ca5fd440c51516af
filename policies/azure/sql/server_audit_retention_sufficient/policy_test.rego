package azure.sql.server_audit_retention_sufficient_test

import data.azure.sql.server_audit_retention_sufficient

_auditing(days) := {"resource": {"properties": {"state": "Enabled", "retentionDays": days}}}

_required := {"audit_retention_days_min": 90}

test_denies_short_retention if {
	every days in [1, 89] {
		some finding in server_audit_retention_sufficient.deny with input as _auditing(days) with data.parameters as _required
		finding.path == "resource.properties.retentionDays"
		finding.actual == days
		finding.expected == "at least 90, or 0"
		count(server_audit_retention_sufficient.unknown) == 0 with input as _auditing(days) with data.parameters as _required
	}
}

test_passes_long_retention if {
	every days in [0, 90, 365] {
		count(server_audit_retention_sufficient.deny) == 0 with input as _auditing(days) with data.parameters as _required
		count(server_audit_retention_sufficient.unknown) == 0 with input as _auditing(days) with data.parameters as _required
		count(server_audit_retention_sufficient.not_applicable) == 0 with input as _auditing(days) with data.parameters as _required
	}
}

test_missing_retention_is_for_ever if {
	count(server_audit_retention_sufficient.deny) == 0 with input as {"resource": {"properties": {"state": "enabled"}}} with data.parameters as _required
	count(server_audit_retention_sufficient.unknown) == 0 with input as {"resource": {"properties": {"state": "enabled"}}} with data.parameters as _required
}

test_negative_days_are_unknown if count(server_audit_retention_sufficient.unknown) == 1 with input as _auditing(-1) with data.parameters as _required

test_parameter_moves_the_minimum if count(server_audit_retention_sufficient.deny) == 1 with input as _auditing(90) with data.parameters as {"audit_retention_days_min": 91}

test_ignores_auditing_that_is_off if {
	some reason in server_audit_retention_sufficient.not_applicable with input as {"resource": {"properties": {"state": "disabled", "retentionDays": 7}}} with data.parameters as _required
	reason == "auditing is off"
	count(server_audit_retention_sufficient.unknown) == 0 with input as {"resource": {"properties": {"state": "disabled", "retentionDays": 7}}} with data.parameters as _required
}

test_other_state_is_unknown if count(server_audit_retention_sufficient.unknown) == 1 with input as {"resource": {"properties": {"state": "Paused", "retentionDays": 365}}} with data.parameters as _required
