package azure.recovery_services.public_network_access_disabled_test

import data.azure.recovery_services.public_network_access_disabled

_with(value) := {"resource": {"properties": {"publicNetworkAccess": value}}}

test_denies_the_wrong_value if {
	every value in ["Enabled", "ENABLED"] {
		some finding in public_network_access_disabled.deny with input as _with(value)
		finding.path == "resource.properties.publicNetworkAccess"
		finding.actual == value
		finding.expected == "Disabled"
		count(public_network_access_disabled.unknown) == 0 with input as _with(value)
	}
}

test_passes_the_right_value if {
	every value in ["Disabled", "DISABLED"] {
		count(public_network_access_disabled.deny) == 0 with input as _with(value)
		count(public_network_access_disabled.unknown) == 0 with input as _with(value)
	}
}

test_other_value_is_unknown if {
	count(public_network_access_disabled.unknown) == 1 with input as _with("Maybe")
	count(public_network_access_disabled.deny) == 0 with input as _with("Maybe")
}

test_missing_value_is_enabled if {
	some finding in public_network_access_disabled.deny with input as {"resource": {"properties": {}}}
	finding.actual == "Enabled"
}
