package azure.app_service.in_network_of_the_firm_test

import data.azure.app_service.in_network_of_the_firm

test_denies_without_subnet if {
	every app in [{"resource": {"properties": {}}}, {"resource": {"properties": {"virtualNetworkSubnetId": ""}}}] {
		some finding in in_network_of_the_firm.deny with input as app
		finding.path == "resource.properties.virtualNetworkSubnetId"
		finding.actual == "none"
		finding.expected == "a subnet of the firm"
	}
}

test_passes_with_a_subnet if count(in_network_of_the_firm.deny) == 0 with input as {"resource": {"properties": {"virtualNetworkSubnetId": "/subscriptions/s/subnets/apps"}}}
