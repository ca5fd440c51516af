package azure.app_service.public_network_access_disabled_test

import data.azure.app_service.public_network_access_disabled

_resource(value) := {"resource": {"properties": {"publicNetworkAccess": value}}}

test_denies if {
	every value in ["ENABLED", "Enabled", "enabled"] {
		some finding in public_network_access_disabled.deny with input as _resource(value)
		finding.path == "resource.properties.publicNetworkAccess"
		finding.actual == value
		finding.expected == "Disabled"
		count(public_network_access_disabled.unknown) == 0 with input as _resource(value)
	}
}

test_passes if {
	every value in ["DISABLED", "Disabled"] {
		count(public_network_access_disabled.deny) == 0 with input as _resource(value)
		count(public_network_access_disabled.unknown) == 0 with input as _resource(value)
	}
}

test_absent_is_the_default if {
	some finding in public_network_access_disabled.deny with input as {"resource": {"properties": {}}}
	finding.actual == "Enabled"
}

test_other_value_is_unknown if {
	count(public_network_access_disabled.unknown) == 1 with input as _resource("Legacy")
	count(public_network_access_disabled.deny) == 0 with input as _resource("Legacy")
}
