package azure.postgresql.audit_covers_required_classes_test

import data.azure.postgresql.audit_covers_required_classes

_server(value) := {"children": {"configurations": {"pgaudit.log": {"properties": {"value": value}}}}}

_required := {"pgaudit_classes_required": ["ddl", "role"]}

test_denies_what_is_not_recorded if {
	every value in ["none", "ddl", "role, write", "all, -role", "ddl, role, -ddl", "role, ddl, -all"] {
		count(audit_covers_required_classes.deny) == 1 with input as _server(value) with data.parameters as _required
		some finding in audit_covers_required_classes.deny with input as _server(value) with data.parameters as _required
		finding.path == "children.configurations[\"pgaudit.log\"].properties.value"
		finding.actual == value
		finding.expected == ["ddl", "role"]
		count(audit_covers_required_classes.unknown) == 0 with input as _server(value) with data.parameters as _required
	}
}

test_passes_what_is_recorded if {
	every value in ["all", "ddl,role", "ROLE, DDL, write", "all, -read, -function, -misc, -misc_set, -write"] {
		count(audit_covers_required_classes.deny) == 0 with input as _server(value) with data.parameters as _required
		count(audit_covers_required_classes.unknown) == 0 with input as _server(value) with data.parameters as _required
	}
}

test_knows_every_class if {
	every value in ["all", "ddl", "function", "misc", "misc_set", "none", "read", "role", "write"] {
		count(audit_covers_required_classes.unknown) == 0 with input as _server(value) with data.parameters as _required
	}
}

test_other_class_is_unknown if count(audit_covers_required_classes.unknown) == 1 with input as _server("all, novelty") with data.parameters as _required

# The engine answers unknown for a required read that is absent.
test_says_nothing_about_a_missing_parameter if count(audit_covers_required_classes.deny) == 0 with input as {"children": {"configurations": {}}} with data.parameters as {"pgaudit_classes_required": []}
