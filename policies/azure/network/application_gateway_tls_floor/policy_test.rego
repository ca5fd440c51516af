package azure.network.application_gateway_tls_floor_test

import data.azure.network.application_gateway_tls_floor

_gateway(policy) := {"resource": {"properties": {"sslPolicy": policy}}}

_modern := {"tls_versions_allowed": ["TLSv1.2", "TLSv1.3"]}

_verdict(policy) := [count(denied), count(unclear)] if {
	denied := application_gateway_tls_floor.deny with input as _gateway(policy) with data.parameters as _modern
	unclear := application_gateway_tls_floor.unknown with input as _gateway(policy) with data.parameters as _modern
}

_found(policy) := finding if {
	some finding in application_gateway_tls_floor.deny with input as _gateway(policy) with data.parameters as {"tls_versions_allowed": ["none"]}
}

test_denies_old_predefined_policies if {
	some finding in application_gateway_tls_floor.deny with input as _gateway({"policyType": "predefined", "policyName": "APPGWSSLPOLICY20150501"}) with data.parameters as _modern
	finding.path == "resource.properties.sslPolicy.policyName"
	finding.actual == "TLSv1"
	finding.expected == "TLSv1.2 or TLSv1.3"
}

test_denies_an_old_floor if {
	some finding in application_gateway_tls_floor.deny with input as _gateway({"policyType": "Custom", "minProtocolVersion": "TLSv1_1"}) with data.parameters as _modern
	finding.path == "resource.properties.sslPolicy.minProtocolVersion"
	finding.actual == "TLSv1.1"
}

test_every_predefined_policy_has_a_floor if {
	every name, floor in {"AppGwSslPolicy20150501": "TLSv1", "AppGwSslPolicy20170401": "TLSv1.1", "AppGwSslPolicy20170401S": "TLSv1.2", "AppGwSslPolicy20220101": "TLSv1.2", "AppGwSslPolicy20220101S": "TLSv1.2"} {
		_found({"policyType": "Predefined", "policyName": name}).actual == floor
	}
}

test_every_version_is_a_floor if {
	every version, floor in {"TLSv1_0": "TLSv1", "TLSv1_1": "TLSv1.1", "TLSv1_2": "TLSv1.2", "TLSv1_3": "TLSv1.3"} {
		_found({"policyType": "CustomV2", "minProtocolVersion": version}).actual == floor
	}
}

test_passes_modern_policies if {
	_verdict({"policyType": "Predefined", "policyName": "AppGwSslPolicy20220101S"}) == [0, 0]
	_verdict({"policyType": "custom", "minProtocolVersion": "TLSv1_2"}) == [0, 0]
}

test_unknown_policies_are_unknown if {
	_verdict({"policyType": "Predefined", "policyName": "AppGwSslPolicy20300101"}) == [0, 1]
	_verdict({"policyType": "Predefined", "minProtocolVersion": "TLSv1_2"}) == [0, 1]
	_verdict({"policyType": "Custom", "policyName": "AppGwSslPolicy20220101"}) == [0, 1]
	_verdict({"policyType": "Magic", "policyName": "AppGwSslPolicy20220101", "minProtocolVersion": "TLSv1_2"}) == [0, 1]
}

test_missing_type_is_left_to_the_engine if _verdict({}) == [0, 0]
