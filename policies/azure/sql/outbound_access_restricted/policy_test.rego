package azure.sql.outbound_access_restricted_test

import data.azure.sql.outbound_access_restricted

_server(value) := {"resource": {"properties": {"restrictOutboundNetworkAccess": value}}}

test_denies_what_is_bad if {
	every value in ["Disabled", "DISABLED", "disabled"] {
		some finding in outbound_access_restricted.deny with input as _server(value)
		finding.path == "resource.properties.restrictOutboundNetworkAccess"
		finding.actual == value
		finding.expected == "Enabled"
		count(outbound_access_restricted.unknown) == 0 with input as _server(value)
	}
}

test_passes_what_is_good if {
	every value in ["Enabled", "ENABLED", "enabled"] {
		count(outbound_access_restricted.deny) == 0 with input as _server(value)
		count(outbound_access_restricted.unknown) == 0 with input as _server(value)
	}
}

test_missing_setting_is_disabled if {
	some finding in outbound_access_restricted.deny with input as {"resource": {"properties": {}}}
	finding.actual == "Disabled"
}

test_other_value_is_unknown if {
	count(outbound_access_restricted.unknown) == 1 with input as _server("Novelty")
	count(outbound_access_restricted.deny) == 0 with input as _server("Novelty")
}
