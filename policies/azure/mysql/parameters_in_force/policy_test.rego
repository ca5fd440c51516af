package azure.mysql.parameters_in_force_test

import data.azure.mysql.parameters_in_force

_in(first, second) := {"children": {"configurations": {"slow_query_log": {"properties": {"isConfigPendingRestart": first}}, "max_connections": {"properties": {"isConfigPendingRestart": second}}}}}

test_denies_any_that_waits if {
	some finding in parameters_in_force.deny with input as _in("False", "True")
	finding.path == "children.configurations.*.properties.isConfigPendingRestart"
	finding.actual == ["max_connections"]
	finding.expected == "no parameter that waits"
	count(parameters_in_force.unknown) == 0 with input as _in("False", "True")
	count(parameters_in_force.deny) == 1 with input as _in("True", "True")
}

test_passes_when_none_waits if {
	count(parameters_in_force.deny) == 0 with input as _in("False", "False")
	count(parameters_in_force.unknown) == 0 with input as _in("False", "False")
}

test_no_parameters_are_unknown if {
	count(parameters_in_force.unknown) == 1 with input as {"children": {"configurations": {}}}
	count(parameters_in_force.deny) == 0 with input as {"children": {"configurations": {}}}
}

test_other_state_is_unknown if {
	count(parameters_in_force.unknown) == 1 with input as _in("False", "Perhaps")
	count(parameters_in_force.unknown) == 0 with input as _in("FALSE", "true")
	count(parameters_in_force.deny) == 1 with input as _in("FALSE", "true")
}
