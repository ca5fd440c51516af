package azure.mysql.private_endpoint_approved_test

import data.azure.mysql.private_endpoint_approved

_open := {"publicNetworkAccess": "Enabled"}

_server(states) := {"resource": {"properties": {"network": _open, "privateEndpointConnections": [{"properties": {"privateLinkServiceConnectionState": {"status": state}}} | some state in states]}}}

test_denies_what_is_not_approved if {
	every states in [[], ["Pending"], ["Rejected"], ["Disconnected"], ["pending"], ["Pending", "Rejected"]] {
		some finding in private_endpoint_approved.deny with input as _server(states)
		finding.path == "resource.properties.privateEndpointConnections"
		finding.actual == states
		finding.expected == "Approved"
		count(private_endpoint_approved.unknown) == 0 with input as _server(states)
	}
}

test_passes_one_that_is_approved if {
	every states in [["Approved"], ["approved"], ["Pending", "Approved"], ["Novelty", "Approved"]] {
		count(private_endpoint_approved.deny) == 0 with input as _server(states)
		count(private_endpoint_approved.unknown) == 0 with input as _server(states)
	}
}

test_other_state_is_unknown if {
	every states in [["Novelty"], ["Novelty", "Pending"]] {
		count(private_endpoint_approved.unknown) == 1 with input as _server(states)
		count(private_endpoint_approved.deny) == 0 with input as _server(states)
	}
}

test_missing_state_is_unknown if {
	count(private_endpoint_approved.unknown) == 1 with input as {"resource": {"properties": {"network": _open, "privateEndpointConnections": [{"properties": {}}]}}}
}

test_does_not_apply_to_a_server_in_a_subnet if {
	subnet := {"delegatedSubnetResourceId": "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v/subnets/db", "publicNetworkAccess": "Disabled"}
	private_endpoint_approved.not_applicable == {"the server stands in a subnet of the firm, where it takes no private endpoints"} with input as {"resource": {"properties": {"network": subnet}}}
}

test_applies_to_a_server_in_no_subnet if {
	every network in [_open, {"delegatedSubnetResourceId": ""}, {"delegatedSubnetResourceId": null}, {}] {
		server := {"resource": {"properties": {"network": network, "privateEndpointConnections": []}}}
		count(private_endpoint_approved.not_applicable) == 0 with input as server
		count(private_endpoint_approved.unknown) == 0 with input as server
		count(private_endpoint_approved.deny) == 1 with input as server
	}
}

test_network_that_cannot_be_read_is_unknown if {
	every network in [{"publicNetworkAccess": true}, {"delegatedSubnetResourceId": 7}] {
		server := {"resource": {"properties": {"network": network, "privateEndpointConnections": [{"properties": {"privateLinkServiceConnectionState": {"status": "Approved"}}}]}}}
		private_endpoint_approved.unknown == {"the network settings cannot be read"} with input as server
		count(private_endpoint_approved.not_applicable) == 0 with input as server
	}
}
