package azure.estate.private_endpoint_approved_test

import data.azure.estate.private_endpoint_approved

_service(access, states) := {"resource": {"properties": {
	"provisioningState": "Succeeded",
	"publicNetworkAccess": access,
	"privateEndpointConnections": [{"properties": {"privateLinkServiceConnectionState": {"status": state}}} | some state in states],
}}}

_verdict(it) := [count(denied), count(unclear), count(aside)] if {
	denied := private_endpoint_approved.deny with input as it
	unclear := private_endpoint_approved.unknown with input as it
	aside := private_endpoint_approved.not_applicable with input as it
}

test_denies_what_is_not_approved if {
	every states in [[], ["Pending"], ["Rejected"], ["Disconnected"], ["pending"], ["Pending", "Rejected"]] {
		some finding in private_endpoint_approved.deny with input as _service("disabled", states)
		finding.path == "resource.properties.privateEndpointConnections"
		finding.actual == states
		finding.expected == "Approved"
		_verdict(_service("Disabled", states)) == [1, 0, 0]
	}
}

test_a_list_that_is_left_out_is_empty if {
	_verdict({"resource": {"properties": {"provisioningState": "Succeeded", "publicNetworkAccess": "Disabled"}}}) == [1, 0, 0]
}

test_says_nothing_of_code if _verdict({"resource": {"properties": {"publicNetworkAccess": "Disabled"}}}) == [0, 0, 0]

test_passes_one_that_is_approved if {
	every states in [["Approved"], ["approved"], ["Pending", "Approved"], ["Novelty", "Approved"]] {
		_verdict(_service("Disabled", states)) == [0, 0, 0]
	}
}

test_other_state_is_unknown if {
	_verdict(_service("Disabled", ["Novelty"])) == [0, 1, 0]
	_verdict(_service("Disabled", ["Novelty", "Pending"])) == [0, 1, 0]
	_verdict({"resource": {"properties": {"provisioningState": "Succeeded", "publicNetworkAccess": "Disabled", "privateEndpointConnections": [{"properties": {}}]}}}) == [0, 1, 0]
}

test_ignores_open_services if {
	every access in ["enabled", "SecuredByPerimeter"] {
		_verdict(_service(access, [])) == [0, 0, 1]
	}
	_verdict({"resource": {"properties": {"provisioningState": "Succeeded"}}}) == [0, 0, 1]
}

test_other_access_is_unknown if _verdict(_service("Maybe", ["Approved"])) == [0, 1, 0]
