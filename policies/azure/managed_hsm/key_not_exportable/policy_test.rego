package azure.managed_hsm.key_not_exportable_test

import data.azure.managed_hsm.key_not_exportable

_in(value) := {"resource": {"properties": {"attributes": {"exportable": value}}}}

test_denies_the_bad if {
	some finding in key_not_exportable.deny with input as _in(true)
	finding.path == "resource.properties.attributes.exportable"
	finding.actual == true
	finding.expected == false
}

test_passes_the_good if count(key_not_exportable.deny) == 0 with input as _in(false)

test_takes_a_missing_property_for_the_good if count(key_not_exportable.deny) == 0 with input as {"resource": {"properties": {}}}
