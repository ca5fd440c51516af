package azure.container_registry.dedicated_data_endpoints_used_test

import data.azure.container_registry.dedicated_data_endpoints_used

_resource(value) := {"resource": {"properties": {"dataEndpointEnabled": value}}}

test_denies_off if {
	some finding in dedicated_data_endpoints_used.deny with input as _resource(false)
	finding.path == "resource.properties.dataEndpointEnabled"
	finding.actual == false
	finding.expected == true
}

test_passes_on if {
	count(dedicated_data_endpoints_used.deny) == 0 with input as _resource(true)
}

test_absent_is_off if {
	some finding in dedicated_data_endpoints_used.deny with input as {"resource": {"properties": {}}}
	finding.actual == false
}
