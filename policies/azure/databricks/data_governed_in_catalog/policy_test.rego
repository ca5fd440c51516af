package azure.databricks.data_governed_in_catalog_test

import data.azure.databricks.data_governed_in_catalog

_in(value) := {"resource": {"properties": {"isUcEnabled": value}}}

test_denies_the_bad if {
	some finding in data_governed_in_catalog.deny with input as _in(false)
	finding.path == "resource.properties.isUcEnabled"
	finding.actual == false
	finding.expected == true
}

test_passes_the_good if count(data_governed_in_catalog.deny) == 0 with input as _in(true)

# The engine answers unknown for a required read that is absent.
test_says_nothing_about_a_missing_property if count(data_governed_in_catalog.deny) == 0 with input as {"resource": {"properties": {}}}
