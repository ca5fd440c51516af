package azure.event_hubs.tls_floor_set_test

import data.azure.event_hubs.tls_floor_set

_namespace(floor) := {"resource": {"properties": {"minimumTlsVersion": floor}}}

_default := {"tls_versions_allowed": ["TLSv1.2", "TLSv1.3"]}

_old := {"tls_versions_allowed": ["TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"]}

test_denies_old_floors if {
	every floor in ["1.0", "1.1"] {
		some finding in tls_floor_set.deny with input as _namespace(floor) with data.parameters as _default
		finding.path == "resource.properties.minimumTlsVersion"
		finding.actual == floor
		finding.expected == ["TLSv1.2", "TLSv1.3"]
		count(tls_floor_set.unknown) == 0 with input as _namespace(floor) with data.parameters as _default
	}
}

test_passes_allowed_floors if {
	every floor in ["1.2", "1.3"] {
		count(tls_floor_set.deny) == 0 with input as _namespace(floor) with data.parameters as _default
		count(tls_floor_set.unknown) == 0 with input as _namespace(floor) with data.parameters as _default
	}
}

test_passes_every_floor_where_all_are_allowed if {
	every floor in ["1.0", "1.1", "1.2", "1.3"] {
		count(tls_floor_set.deny) == 0 with input as _namespace(floor) with data.parameters as _old
		count(tls_floor_set.unknown) == 0 with input as _namespace(floor) with data.parameters as _old
	}
}

test_strict_floor if {
	count(tls_floor_set.deny) == 1 with input as _namespace("1.2") with data.parameters as {"tls_versions_allowed": ["TLSv1.3"]}
}

test_parameter_ignores_case if {
	count(tls_floor_set.deny) == 0 with input as _namespace("1.2") with data.parameters as {"tls_versions_allowed": ["TLSV1.2"]}
}

# The engine answers unknown for a required read that is absent.
test_says_nothing_about_a_missing_floor if {
	count(tls_floor_set.deny) == 0 with input as {"resource": {"properties": {}}} with data.parameters as _default
}

test_other_floor_is_unknown if {
	count(tls_floor_set.unknown) == 1 with input as _namespace("TLS9") with data.parameters as _default
	count(tls_floor_set.deny) == 0 with input as _namespace("TLS9") with data.parameters as _default
}
