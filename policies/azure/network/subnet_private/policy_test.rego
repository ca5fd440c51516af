package azure.network.subnet_private_test

import data.azure.network.subnet_private

_with(value) := {"resource": {"properties": {"defaultOutboundAccess": value}}}

test_denies_true if {
	some finding in subnet_private.deny with input as _with(true)
	finding.path == "resource.properties.defaultOutboundAccess"
	finding.actual == true
	finding.expected == false
}

test_passes_false if {
	count(subnet_private.deny) == 0 with input as _with(false)
}

test_missing_value_is_true if {
	some finding in subnet_private.deny with input as {"resource": {"properties": {}}}
	finding.actual == true
}
