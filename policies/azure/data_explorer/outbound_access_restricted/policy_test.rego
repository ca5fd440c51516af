package azure.data_explorer.outbound_access_restricted_test

import data.azure.data_explorer.outbound_access_restricted

_resource(value) := {"resource": {"properties": {"restrictOutboundNetworkAccess": value}}}

test_denies if {
	every value in ["DISABLED", "Disabled", "disabled"] {
		some finding in outbound_access_restricted.deny with input as _resource(value)
		finding.path == "resource.properties.restrictOutboundNetworkAccess"
		finding.actual == value
		finding.expected == "Enabled"
		count(outbound_access_restricted.unknown) == 0 with input as _resource(value)
	}
}

test_passes if {
	every value in ["ENABLED", "Enabled"] {
		count(outbound_access_restricted.deny) == 0 with input as _resource(value)
		count(outbound_access_restricted.unknown) == 0 with input as _resource(value)
	}
}

test_absent_is_the_default if {
	some finding in outbound_access_restricted.deny with input as {"resource": {"properties": {}}}
	finding.actual == "Disabled"
}

test_other_value_is_unknown if {
	count(outbound_access_restricted.unknown) == 1 with input as _resource("Legacy")
	count(outbound_access_restricted.deny) == 0 with input as _resource("Legacy")
}
