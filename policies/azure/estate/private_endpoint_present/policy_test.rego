package azure.estate.private_endpoint_present_test

import data.azure.estate.private_endpoint_present

_service(access, endpoints) := {"resource": {"properties": {"publicNetworkAccess": access}}, "related": {"private_endpoints": endpoints}}

_one := {"/pe": {"id": "/pe"}}

_verdict(it) := [count(denied), count(unclear), count(aside)] if {
	denied := private_endpoint_present.deny with input as it
	unclear := private_endpoint_present.unknown with input as it
	aside := private_endpoint_present.not_applicable with input as it
}

test_denies_a_service_that_nobody_reaches if {
	some finding in private_endpoint_present.deny with input as _service("disabled", {})
	finding.path == "related.private_endpoints.*"
	finding.actual == 0
	finding.expected == "one endpoint or more"
	_verdict(_service("Disabled", {})) == [1, 0, 0]
}

test_passes_a_service_with_an_endpoint if _verdict(_service("Disabled", _one)) == [0, 0, 0]

test_ignores_open_services if {
	every access in ["enabled", ""] {
		_verdict(_service(access, {})) == [0, 0, 1]
	}
	_verdict({"resource": {"properties": {}}, "related": {"private_endpoints": _one}}) == [0, 0, 1]
}

test_other_access_is_unknown if _verdict(_service("Maybe", _one)) == [0, 1, 0]

test_nothing_counted_is_unknown if _verdict({"resource": {"properties": {"publicNetworkAccess": "Disabled"}}}) == [0, 1, 0]
