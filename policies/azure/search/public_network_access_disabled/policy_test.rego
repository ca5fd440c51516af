package azure.search.public_network_access_disabled_test

import data.azure.search.public_network_access_disabled

_resource(value) := {"resource": {"properties": {"publicNetworkAccess": value}}}

test_denies if {
	every value in ["ENABLED", "enabled"] {
		some finding in public_network_access_disabled.deny with input as _resource(value)
		finding.path == "resource.properties.publicNetworkAccess"
		finding.actual == value
		finding.expected == "disabled"
		count(public_network_access_disabled.unknown) == 0 with input as _resource(value)
	}
}

test_passes if {
	every value in ["DISABLED", "SECUREDBYPERIMETER", "disabled", "securedByPerimeter"] {
		count(public_network_access_disabled.deny) == 0 with input as _resource(value)
		count(public_network_access_disabled.unknown) == 0 with input as _resource(value)
	}
}

test_absent_is_the_default if {
	some finding in public_network_access_disabled.deny with input as {"resource": {"properties": {}}}
	finding.actual == "enabled"
}

test_other_value_is_unknown if {
	count(public_network_access_disabled.unknown) == 1 with input as _resource("Legacy")
	count(public_network_access_disabled.deny) == 0 with input as _resource("Legacy")
}
