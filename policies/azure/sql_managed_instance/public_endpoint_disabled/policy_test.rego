package azure.sql_managed_instance.public_endpoint_disabled_test

import data.azure.sql_managed_instance.public_endpoint_disabled

_instance(value) := {"resource": {"properties": {"publicDataEndpointEnabled": value}}}

test_denies_true if {
	some finding in public_endpoint_disabled.deny with input as _instance(true)
	finding.path == "resource.properties.publicDataEndpointEnabled"
	finding.actual == true
	finding.expected == false
}

test_passes_false if {
	count(public_endpoint_disabled.deny) == 0 with input as _instance(false)
}
