package azure.mysql.audit_covers_required_events_test

import data.azure.mysql.audit_covers_required_events

_in(events) := {"children": {"configurations": {"audit_log_events": {"properties": {"value": events}}}}}

_required := {"mysql_audit_events_required": ["CONNECTION", "ddl"]}

test_denies_what_is_missing if {
	some finding in audit_covers_required_events.deny with input as _in("CONNECTION, DCL") with data.parameters as _required
	finding.path == "children.configurations.audit_log_events.properties.value"
	finding.actual == ["CONNECTION", "DCL"]
	finding.expected == ["CONNECTION", "ddl"]
	finding.message == "the audit log does not record DDL"
}

test_passes_all if {
	every events in ["CONNECTION,DDL", "ddl, connection ,ADMIN", "CONNECTION_V2,DDL"] {
		count(audit_covers_required_events.deny) == 0 with input as _in(events) with data.parameters as _required
	}
}

test_one_kind_includes_others if {
	both := {"mysql_audit_events_required": ["DML_SELECT", "DML_NONSELECT"]}
	count(audit_covers_required_events.deny) == 0 with input as _in("DML") with data.parameters as both
	count(audit_covers_required_events.deny) == 1 with input as _in("DML_SELECT") with data.parameters as both
	count(audit_covers_required_events.deny) == 1 with input as _in("DML_NONSELECT") with data.parameters as both
}

test_no_events if count(audit_covers_required_events.deny) == 1 with input as _in("") with data.parameters as _required

# The engine answers unknown for a required read that is absent.
test_says_nothing_about_a_missing_parameter if count(audit_covers_required_events.deny) == 0 with input as {} with data.parameters as _required

test_nothing_is_said_without_a_value if {
	count(audit_covers_required_events.deny) == 0 with input as {"children": {"configurations": {}}} with data.parameters as _required
}
