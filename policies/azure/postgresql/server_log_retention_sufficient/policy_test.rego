package azure.postgresql.server_log_retention_sufficient_test

import data.azure.postgresql.server_log_retention_sufficient

_server(value) := {"children": {"configurations": {"logfiles.retention_days": {"properties": {"value": value}}}}}

_required := {"server_log_retention_days_min": 4}

test_denies_short_retention if {
	every value in ["1", "3"] {
		some finding in server_log_retention_sufficient.deny with input as _server(value) with data.parameters as _required
		finding.path == "children.configurations[\"logfiles.retention_days\"].properties.value"
		finding.actual == value
		finding.expected == "at least 4"
		count(server_log_retention_sufficient.unknown) == 0 with input as _server(value) with data.parameters as _required
	}
}

test_passes_the_minimum if {
	every value in ["4", "7"] {
		count(server_log_retention_sufficient.deny) == 0 with input as _server(value) with data.parameters as _required
		count(server_log_retention_sufficient.unknown) == 0 with input as _server(value) with data.parameters as _required
	}
}

test_what_is_no_number_is_unknown if {
	every value in ["", "week", "3 days"] {
		count(server_log_retention_sufficient.unknown) == 1 with input as _server(value) with data.parameters as _required
	}
}
