package azure.network.private_endpoint_approved_test

import data.azure.network.private_endpoint_approved

_connection(status) := {"name": "c", "properties": {"privateLinkServiceConnectionState": {"status": status}}}

_endpoint(automatic, manual) := {"resource": {"properties": {"privateLinkServiceConnections": automatic, "manualPrivateLinkServiceConnections": manual}}}

_verdict(it) := [count(denied), count(unclear)] if {
	denied := private_endpoint_approved.deny with input as it
	unclear := private_endpoint_approved.unknown with input as it
}

test_denies_what_is_not_approved if {
	every status in ["Pending", "rejected", "DISCONNECTED"] {
		some finding in private_endpoint_approved.deny with input as _endpoint([], [_connection(status)])
		finding.path == "resource.properties.privateLinkServiceConnections"
		finding.actual == status
		finding.expected == "Approved"
		startswith(finding.message, "the connection c is")
	}
}

test_what_is_not_approved_is_known if {
	every status in ["Pending", "rejected", "DISCONNECTED"] {
		_verdict(_endpoint([_connection(status)], [])) == [1, 0]
	}
}

test_connection_without_name_is_denied if {
	some finding in private_endpoint_approved.deny with input as _endpoint([{"properties": {"privateLinkServiceConnectionState": {"status": "Pending"}}}], [])
	startswith(finding.message, "the connection without a name is")
}

test_passes_approved_connections if _verdict(_endpoint([_connection("approved")], [_connection("Approved")])) == [0, 0]

test_connection_without_state_is_unknown if _verdict(_endpoint([{"name": "c", "properties": {}}], [])) == [0, 1]

test_no_connection_is_unknown if _verdict(_endpoint([], [])) == [0, 1]
