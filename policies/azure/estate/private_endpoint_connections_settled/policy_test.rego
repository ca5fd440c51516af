package azure.estate.private_endpoint_connections_settled_test

import data.azure.estate.private_endpoint_connections_settled

_service(states) := {"resource": {"properties": {
	"privateEndpointConnections": [{"properties": {"privateLinkServiceConnectionState": {"status": state}}} | some state in states],
}}}

_verdict(it) := [count(denied), count(unclear), count(aside)] if {
	denied := private_endpoint_connections_settled.deny with input as it
	unclear := private_endpoint_connections_settled.unknown with input as it
	aside := private_endpoint_connections_settled.not_applicable with input as it
}

test_denies_what_is_not_approved if {
	every state in ["Pending", "rejected", "Disconnected"] {
		some finding in private_endpoint_connections_settled.deny with input as _service(["Approved", state])
		finding.path == "resource.properties.privateEndpointConnections"
		finding.actual == state
		finding.expected == "Approved"
		_verdict(_service(["Approved", state])) == [1, 0, 0]
	}
}

test_passes_what_is_approved if _verdict(_service(["Approved", "approved"])) == [0, 0, 0]

test_other_state_is_unknown if {
	_verdict(_service(["Novelty", "Approved"])) == [0, 1, 0]
	_verdict({"resource": {"properties": {"privateEndpointConnections": [{"properties": {}}]}}}) == [0, 1, 0]
}

test_ignores_services_without_connections if {
	_verdict(_service([])) == [0, 0, 1]
	_verdict({"resource": {"properties": {}}}) == [0, 0, 1]
}
