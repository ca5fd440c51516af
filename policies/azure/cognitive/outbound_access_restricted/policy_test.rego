package azure.cognitive.outbound_access_restricted_test

import data.azure.cognitive.outbound_access_restricted

_resource(value) := {"resource": {"properties": {"restrictOutboundNetworkAccess": value}}}

test_denies_off if {
	some finding in outbound_access_restricted.deny with input as _resource(false)
	finding.path == "resource.properties.restrictOutboundNetworkAccess"
	finding.actual == false
	finding.expected == true
}

test_passes_on if {
	count(outbound_access_restricted.deny) == 0 with input as _resource(true)
}

test_absent_is_off if {
	some finding in outbound_access_restricted.deny with input as {"resource": {"properties": {}}}
	finding.actual == false
}
