package azure.mysql_single.tls_floor_set_test

import data.azure.mysql_single.tls_floor_set

_server(value) := {"resource": {"properties": {"minimalTlsVersion": value}}}

_allowed := {"tls_versions_allowed": ["TLSv1.2", "TLSv1.3"]}

test_denies_what_is_too_old if {
	every value in ["TLS1_0", "TLS1_1", "TLSEnforcementDisabled", "tlsenforcementdisabled"] {
		count(tls_floor_set.deny) == 1 with input as _server(value) with data.parameters as _allowed
		some finding in tls_floor_set.deny with input as _server(value) with data.parameters as _allowed
		finding.path == "resource.properties.minimalTlsVersion"
		finding.actual == value
		finding.expected == ["TLSv1.2", "TLSv1.3"]
		count(tls_floor_set.unknown) == 0 with input as _server(value) with data.parameters as _allowed
	}
}

test_passes_what_is_allowed if {
	every value in ["TLS1_2"] {
		count(tls_floor_set.deny) == 0 with input as _server(value) with data.parameters as _allowed
		count(tls_floor_set.unknown) == 0 with input as _server(value) with data.parameters as _allowed
	}
}

test_parameter_decides_tls1_0 if {
	count(tls_floor_set.deny) == 0 with input as _server("TLS1_0") with data.parameters as {"tls_versions_allowed": ["TLSv1"]}
	count(tls_floor_set.deny) == 1 with input as _server("TLS1_0") with data.parameters as {"tls_versions_allowed": []}
}

test_parameter_decides_tls1_1 if {
	count(tls_floor_set.deny) == 0 with input as _server("TLS1_1") with data.parameters as {"tls_versions_allowed": ["TLSv1.1"]}
	count(tls_floor_set.deny) == 1 with input as _server("TLS1_1") with data.parameters as {"tls_versions_allowed": []}
}

test_parameter_decides_tls1_2 if {
	count(tls_floor_set.deny) == 0 with input as _server("TLS1_2") with data.parameters as {"tls_versions_allowed": ["TLSv1.2"]}
	count(tls_floor_set.deny) == 1 with input as _server("TLS1_2") with data.parameters as {"tls_versions_allowed": []}
}

test_missing_floor_is_none if {
	some finding in tls_floor_set.deny with input as {"resource": {"properties": {}}} with data.parameters as _allowed
	finding.actual == "TLSEnforcementDisabled"
}

test_other_value_is_unknown if {
	count(tls_floor_set.unknown) == 1 with input as _server("9.9") with data.parameters as _allowed
	count(tls_floor_set.deny) == 0 with input as _server("9.9") with data.parameters as _allowed
}
