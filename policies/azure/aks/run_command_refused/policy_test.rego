package azure.aks.run_command_refused_test

import data.azure.aks.run_command_refused

_in(value) := {"resource": {"properties": {"apiServerAccessProfile": {"disableRunCommand": value}}}}

test_denies_the_bad if {
	some finding in run_command_refused.deny with input as _in(false)
	finding.path == "resource.properties.apiServerAccessProfile.disableRunCommand"
	finding.actual == false
	finding.expected == true
}

test_passes_the_good if count(run_command_refused.deny) == 0 with input as _in(true)

test_takes_a_missing_property_for_the_bad if count(run_command_refused.deny) == 1 with input as {"resource": {"properties": {}}}
