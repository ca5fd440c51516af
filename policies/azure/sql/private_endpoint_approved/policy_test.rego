package azure.sql.private_endpoint_approved_test

import data.azure.sql.private_endpoint_approved

_server(states) := {"resource": {"properties": {"privateEndpointConnections": [{"properties": {"privateLinkServiceConnectionState": {"status": state}}} | some state in states]}}}

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
	count(private_endpoint_approved.unknown) == 1 with input as {"resource": {"properties": {"privateEndpointConnections": [{"properties": {}}]}}}
}
