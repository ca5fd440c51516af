package azure.postgresql.audit_extension_loaded_test

import data.azure.postgresql.audit_extension_loaded

_server(libraries) := {"children": {"configurations": {"shared_preload_libraries": {"properties": {"value": libraries}}}}}

test_denies_a_list_without_pgaudit if {
	every libraries in ["", "pg_cron,pg_stat_statements", "pgaudit_x"] {
		some finding in audit_extension_loaded.deny with input as _server(libraries)
		finding.path == "children.configurations.shared_preload_libraries.properties.value"
		finding.actual == libraries
		finding.expected == "a list that holds pgaudit"
	}
}

test_passes_a_list_with_pgaudit if {
	every libraries in ["pgaudit", "pg_cron, PGAUDIT ,pg_stat_statements"] {
		count(audit_extension_loaded.deny) == 0 with input as _server(libraries)
	}
}

# The engine answers unknown for a required read that is absent.
test_says_nothing_about_a_missing_parameter if count(audit_extension_loaded.deny) == 0 with input as {"children": {"configurations": {}}}
