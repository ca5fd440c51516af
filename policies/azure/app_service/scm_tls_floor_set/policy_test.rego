package azure.app_service.scm_tls_floor_set_test

import data.azure.app_service.scm_tls_floor_set

_resource(value) := {"resource": {"properties": {"siteConfig": {"scmMinTlsVersion": value}}}}

modern := {"tls_versions_allowed": ["TLSv1.2", "TLSv1.3"]}

test_denies_old_versions if {
	every value in ["1.0", "1.1"] {
		some finding in scm_tls_floor_set.deny with input as _resource(value) with data.parameters as modern
		finding.path == "resource.properties.siteConfig.scmMinTlsVersion"
		finding.actual == value
		finding.expected == ["TLSv1.2", "TLSv1.3"]
		count(scm_tls_floor_set.unknown) == 0 with input as _resource(value) with data.parameters as modern
	}
}

test_passes_modern_versions if {
	every value in ["1.2", "1.3"] {
		count(scm_tls_floor_set.deny) == 0 with input as _resource(value) with data.parameters as modern
		count(scm_tls_floor_set.unknown) == 0 with input as _resource(value) with data.parameters as modern
	}
}

test_the_firm_decides if {
	every value, name in {"1.0": "TLSv1", "1.1": "TLSv1.1", "1.2": "TLSv1.2", "1.3": "TLSv1.3"} {
		count(scm_tls_floor_set.deny) == 0 with input as _resource(value) with data.parameters as {"tls_versions_allowed": [name]}
	}
	count(scm_tls_floor_set.deny) == 1 with input as _resource("1.2") with data.parameters as {"tls_versions_allowed": ["TLSv1.3"]}
}

test_says_nothing_about_what_is_missing if {
	count(scm_tls_floor_set.deny) == 0 with input as {"resource": {"properties": {}}} with data.parameters as modern
}

test_other_value_is_unknown if {
	count(scm_tls_floor_set.unknown) == 1 with input as _resource("2.0") with data.parameters as modern
	count(scm_tls_floor_set.deny) == 0 with input as _resource("2.0") with data.parameters as modern
}
