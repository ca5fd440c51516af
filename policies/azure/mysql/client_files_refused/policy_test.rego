package azure.mysql.client_files_refused_test

import data.azure.mysql.client_files_refused

_in(value) := {"children": {"configurations": {"local_infile": {"properties": {"value": value}}}}}

test_denies_the_bad if {
	every value in ["ON"] {
		some finding in client_files_refused.deny with input as _in(value)
		finding.path == "children.configurations.local_infile.properties.value"
		finding.actual == value
		finding.expected == "OFF"
		count(client_files_refused.unknown) == 0 with input as _in(value)
	}
}

test_passes_the_good if {
	every value in ["OFF"] {
		count(client_files_refused.deny) == 0 with input as _in(value)
		count(client_files_refused.unknown) == 0 with input as _in(value)
	}
}

# The engine answers unknown for a required read that is absent.
test_says_nothing_about_a_missing_property if {
	count(client_files_refused.deny) == 0 with input as {"resource": {"properties": {}}}
	count(client_files_refused.unknown) == 0 with input as {"resource": {"properties": {}}}
}

test_other_value_is_unknown if {
	count(client_files_refused.unknown) == 1 with input as _in("Otherwise")
	count(client_files_refused.deny) == 0 with input as _in("Otherwise")
}
