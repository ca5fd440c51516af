package azure.app_service.shell_disabled_test

import data.azure.app_service.shell_disabled

_in(value) := {"resource": {"properties": {"sshEnabled": value}}}

test_denies_the_bad if {
	some finding in shell_disabled.deny with input as _in(true)
	finding.path == "resource.properties.sshEnabled"
	finding.actual == true
	finding.expected == false
}

test_passes_the_good if count(shell_disabled.deny) == 0 with input as _in(false)

# The engine answers unknown for a required read that is absent.
test_says_nothing_about_a_missing_property if count(shell_disabled.deny) == 0 with input as {"resource": {"properties": {}}}
