package azure.databricks.in_network_of_the_firm_test

import data.azure.databricks.in_network_of_the_firm

_resource(value) := {"resource": {"properties": {"parameters": {"customVirtualNetworkId": {"value": value}}}}}

test_denies_none if {
	every resource in [_resource(""), {"resource": {"properties": {}}}] {
		some finding in in_network_of_the_firm.deny with input as resource
		finding.path == "resource.properties.parameters.customVirtualNetworkId.value"
		finding.actual == ""
		finding.expected == "a virtual network of the firm"
	}
}

test_passes_a_network if {
	count(in_network_of_the_firm.deny) == 0 with input as _resource("/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v")
}
