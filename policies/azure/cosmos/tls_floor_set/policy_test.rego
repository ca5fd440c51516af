package azure.cosmos.tls_floor_set_test

import data.azure.cosmos.tls_floor_set

_account(value) := {"resource": {"properties": {"minimalTlsVersion": value}}}

_allowed := {"tls_versions_allowed": ["TLSv1.2", "TLSv1.3"]}

test_denies_what_is_too_old if {
	every value in ["tls", "tls11", "TLS"] {
		count(tls_floor_set.deny) == 1 with input as _account(value) with data.parameters as _allowed
		some finding in tls_floor_set.deny with input as _account(value) with data.parameters as _allowed
		finding.path == "resource.properties.minimalTlsVersion"
		finding.actual == value
		finding.expected == ["TLSv1.2", "TLSv1.3"]
		count(tls_floor_set.unknown) == 0 with input as _account(value) with data.parameters as _allowed
	}
}

test_passes_what_is_allowed if {
	every value in ["tls12", "TLS12"] {
		count(tls_floor_set.deny) == 0 with input as _account(value) with data.parameters as _allowed
		count(tls_floor_set.unknown) == 0 with input as _account(value) with data.parameters as _allowed
	}
}

test_parameter_decides_tls if {
	count(tls_floor_set.deny) == 0 with input as _account("tls") with data.parameters as {"tls_versions_allowed": ["TLSv1"]}
	count(tls_floor_set.deny) == 1 with input as _account("tls") with data.parameters as {"tls_versions_allowed": []}
}

test_parameter_decides_tls11 if {
	count(tls_floor_set.deny) == 0 with input as _account("tls11") with data.parameters as {"tls_versions_allowed": ["TLSv1.1"]}
	count(tls_floor_set.deny) == 1 with input as _account("tls11") with data.parameters as {"tls_versions_allowed": []}
}

test_parameter_decides_tls12 if {
	count(tls_floor_set.deny) == 0 with input as _account("tls12") with data.parameters as {"tls_versions_allowed": ["TLSv1.2"]}
	count(tls_floor_set.deny) == 1 with input as _account("tls12") with data.parameters as {"tls_versions_allowed": []}
}

test_missing_floor_is_tls_1_2 if {
	count(tls_floor_set.deny) == 0 with input as {"resource": {"properties": {}}} with data.parameters as _allowed
	count(tls_floor_set.unknown) == 0 with input as {"resource": {"properties": {}}} with data.parameters as _allowed
}

test_other_value_is_unknown if {
	count(tls_floor_set.unknown) == 1 with input as _account("9.9") with data.parameters as _allowed
	count(tls_floor_set.deny) == 0 with input as _account("9.9") with data.parameters as _allowed
}
