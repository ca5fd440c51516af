package azure.databricks.no_public_addresses_test

import data.azure.databricks.no_public_addresses

_resource(value) := {"resource": {"properties": {"parameters": {"enableNoPublicIp": {"value": value}}}}}

test_denies_public_addresses if {
	some finding in no_public_addresses.deny with input as _resource(false)
	finding.path == "resource.properties.parameters.enableNoPublicIp.value"
	finding.actual == false
	finding.expected == true
}

test_passes_no_public_addresses if {
	count(no_public_addresses.deny) == 0 with input as _resource(true)
}

# The engine answers unknown for a required read that is absent.
test_says_nothing_about_what_is_missing if count(no_public_addresses.deny) == 0 with input as {"resource": {"properties": {}}}
