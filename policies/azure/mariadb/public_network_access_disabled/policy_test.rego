package azure.mariadb.public_network_access_disabled_test

import data.azure.mariadb.public_network_access_disabled

_server(value) := {"resource": {"properties": {"publicNetworkAccess": value}}}

test_denies_what_is_bad if {
	every value in ["Enabled", "ENABLED", "enabled"] {
		some finding in public_network_access_disabled.deny with input as _server(value)
		finding.path == "resource.properties.publicNetworkAccess"
		finding.actual == value
		finding.expected == "Disabled"
		count(public_network_access_disabled.unknown) == 0 with input as _server(value)
	}
}

test_passes_what_is_good if {
	every value in ["Disabled", "DISABLED", "disabled"] {
		count(public_network_access_disabled.deny) == 0 with input as _server(value)
		count(public_network_access_disabled.unknown) == 0 with input as _server(value)
	}
}

test_missing_setting_is_enabled if {
	some finding in public_network_access_disabled.deny with input as {"resource": {"properties": {}}}
	finding.actual == "Enabled"
}

test_other_value_is_unknown if {
	count(public_network_access_disabled.unknown) == 1 with input as _server("Novelty")
	count(public_network_access_disabled.deny) == 0 with input as _server("Novelty")
}
