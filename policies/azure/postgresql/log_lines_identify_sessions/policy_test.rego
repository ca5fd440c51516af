package azure.postgresql.log_lines_identify_sessions_test

import data.azure.postgresql.log_lines_identify_sessions

_in(prefix) := {"children": {"configurations": {"log_line_prefix": {"properties": {"value": prefix}}}}}

_required := {"pg_log_line_marks_required": ["%u", "%d", "%h"]}

test_denies_the_default_of_azure if {
	some finding in log_lines_identify_sessions.deny with input as _in("%t-%c-") with data.parameters as _required
	finding.path == "children.configurations.log_line_prefix.properties.value"
	finding.actual == "%t-%c-"
	finding.expected == ["%u", "%d", "%h"]
	contains(finding.message, "%d, %h, %u")
}

test_denies_one_that_lacks if count(log_lines_identify_sessions.deny) == 1 with input as _in("%m-%u-%d-") with data.parameters as _required

test_passes_all if count(log_lines_identify_sessions.deny) == 0 with input as _in("%m-%u-%d-%h-") with data.parameters as _required

test_parameter_chooses_the_marks if {
	count(log_lines_identify_sessions.deny) == 0 with input as _in("%t-%c-") with data.parameters as {"pg_log_line_marks_required": ["%c"]}
}

# The engine answers unknown for a required read that is absent.
test_says_nothing_about_a_missing_parameter if count(log_lines_identify_sessions.deny) == 0 with input as {} with data.parameters as {"pg_log_line_marks_required": []}
