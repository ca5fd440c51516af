package azure.data_explorer.erasure_possible_test

import data.azure.data_explorer.erasure_possible

_in(value) := {"resource": {"properties": {"enablePurge": value}}}

test_denies_the_bad if {
	some finding in erasure_possible.deny with input as _in(false)
	finding.path == "resource.properties.enablePurge"
	finding.actual == false
	finding.expected == true
}

test_passes_the_good if count(erasure_possible.deny) == 0 with input as _in(true)

test_takes_a_missing_property_for_the_bad if count(erasure_possible.deny) == 1 with input as {"resource": {"properties": {}}}
