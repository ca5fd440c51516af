package azure.redis.enterprise_tls_floor_set_test

import data.azure.redis.enterprise_tls_floor_set

_cluster(floor) := {"resource": {"properties": {"minimumTlsVersion": floor}}}

_default := {"tls_versions_allowed": ["TLSv1.2", "TLSv1.3"]}

_old := {"tls_versions_allowed": ["TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"]}

test_denies_old_floors if {
	every floor in ["1.0", "1.1"] {
		some finding in enterprise_tls_floor_set.deny with input as _cluster(floor) with data.parameters as _default
		finding.path == "resource.properties.minimumTlsVersion"
		finding.actual == floor
		finding.expected == ["TLSv1.2", "TLSv1.3"]
		count(enterprise_tls_floor_set.unknown) == 0 with input as _cluster(floor) with data.parameters as _default
	}
}

test_passes_allowed_floors if {
	every floor in ["1.2", "1.3"] {
		count(enterprise_tls_floor_set.deny) == 0 with input as _cluster(floor) with data.parameters as _default
		count(enterprise_tls_floor_set.unknown) == 0 with input as _cluster(floor) with data.parameters as _default
	}
}

test_passes_every_floor_where_all_are_allowed if {
	every floor in ["1.0", "1.1", "1.2", "1.3"] {
		count(enterprise_tls_floor_set.deny) == 0 with input as _cluster(floor) with data.parameters as _old
		count(enterprise_tls_floor_set.unknown) == 0 with input as _cluster(floor) with data.parameters as _old
	}
}

test_strict_floor if {
	count(enterprise_tls_floor_set.deny) == 1 with input as _cluster("1.2") with data.parameters as {"tls_versions_allowed": ["TLSv1.3"]}
}

test_parameter_ignores_case if {
	count(enterprise_tls_floor_set.deny) == 0 with input as _cluster("1.2") with data.parameters as {"tls_versions_allowed": ["TLSV1.2"]}
}

# The engine answers unknown for a required read that is absent.
test_says_nothing_about_a_missing_floor if {
	count(enterprise_tls_floor_set.deny) == 0 with input as {"resource": {"properties": {}}} with data.parameters as _default
}

test_other_floor_is_unknown if {
	count(enterprise_tls_floor_set.unknown) == 1 with input as _cluster("TLS9") with data.parameters as _default
	count(enterprise_tls_floor_set.deny) == 0 with input as _cluster("TLS9") with data.parameters as _default
}
