package azure.network.front_door_domain_tls_floor_test

import data.azure.network.front_door_domain_tls_floor

_with(value) := {"resource": {"properties": {"tlsSettings": {"minimumTlsVersion": value}}}}

test_denies_the_wrong_value if {
	every value in ["TLS10", "TLS10", "TLS11", "TLS11"] {
		some finding in front_door_domain_tls_floor.deny with input as _with(value)
		finding.path == "resource.properties.tlsSettings.minimumTlsVersion"
		finding.actual == value
		finding.expected == "TLS12 or higher"
		count(front_door_domain_tls_floor.unknown) == 0 with input as _with(value)
	}
}

test_passes_the_right_value if {
	every value in ["TLS12", "TLS12", "TLS13", "TLS13"] {
		count(front_door_domain_tls_floor.deny) == 0 with input as _with(value)
		count(front_door_domain_tls_floor.unknown) == 0 with input as _with(value)
	}
}

test_other_value_is_unknown if {
	count(front_door_domain_tls_floor.unknown) == 1 with input as _with("Maybe")
	count(front_door_domain_tls_floor.deny) == 0 with input as _with("Maybe")
}

test_missing_value_is_left_to_the_engine if {
	count(front_door_domain_tls_floor.deny) == 0 with input as {"resource": {"properties": {}}}
	count(front_door_domain_tls_floor.unknown) == 0 with input as {"resource": {"properties": {}}}
}
