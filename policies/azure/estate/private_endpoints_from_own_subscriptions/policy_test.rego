package azure.estate.private_endpoints_from_own_subscriptions_test

import data.azure.estate.private_endpoints_from_own_subscriptions

_connection(status, endpoint) := {"properties": {"privateEndpoint": {"id": endpoint}, "privateLinkServiceConnectionState": {"status": status}}}

_service(connections) := {"resource": {"properties": {"privateEndpointConnections": connections}}}

_list := {"private_endpoint_subscriptions": ["a", "b"]}

_verdict(it, parameters) := [count(denied), count(unclear), count(aside)] if {
	denied := private_endpoints_from_own_subscriptions.deny with input as it with data.parameters as parameters
	unclear := private_endpoints_from_own_subscriptions.unknown with input as it with data.parameters as parameters
	aside := private_endpoints_from_own_subscriptions.not_applicable with input as it with data.parameters as parameters
}

_strange := _service([_connection("approved", "/Subscriptions/A/x"), _connection("Approved", "/subscriptions/C/x")])

test_denies_an_endpoint_of_a_stranger if _verdict(_strange, _list) == [1, 0, 0]

test_names_the_subscription_of_the_stranger if {
	some finding in private_endpoints_from_own_subscriptions.deny with input as _strange with data.parameters as _list
	finding.path == "resource.properties.privateEndpointConnections"
	finding.actual == "c"
	finding.expected == "a or b"
}

test_passes_endpoints_of_the_firm if {
	_verdict(_service([_connection("Approved", "/subscriptions/A/x"), _connection("Approved", "/subscriptions/b/x")]), _list) == [0, 0, 0]
}

test_ignores_what_carries_nothing if {
	every status in ["Pending", "Rejected", "disconnected"] {
		_verdict(_service([_connection(status, "/subscriptions/c/x")]), _list) == [0, 0, 0]
	}
}

test_endpoint_that_is_not_named_is_unknown if {
	_verdict(_service([_connection("Approved", "x")]), _list) == [0, 1, 0]
	_verdict(_service([_connection("Approved", "/tenants/a/x")]), _list) == [0, 1, 0]
	_verdict(_service([{"properties": {"privateLinkServiceConnectionState": {"status": "Approved"}}}]), _list) == [0, 1, 0]
}

test_other_state_is_unknown if _verdict(_service([_connection("Novelty", "/subscriptions/a/x")]), _list) == [0, 1, 0]

test_ignores_services_without_connections if {
	_verdict(_service([]), _list) == [0, 0, 1]
	_verdict({"resource": {"properties": {}}}, _list) == [0, 0, 1]
}

test_ignores_everything_without_a_list if {
	it := _service([_connection("Approved", "/subscriptions/a/x")])
	count(private_endpoints_from_own_subscriptions.not_applicable) == 1 with input as it with data.parameters as {"private_endpoint_subscriptions": []}
}
