package azure.cognitive.firewall_denies_by_default_test

import data.azure.cognitive.firewall_denies_by_default

_resource(value, other) := {"resource": {"properties": {"networkAcls": {"defaultAction": value}, "publicNetworkAccess": other}}}

test_denies if {
	every value in ["ALLOW", "Allow", "allow"] {
		some finding in firewall_denies_by_default.deny with input as _resource(value, "Enabled")
		finding.path == "resource.properties.networkAcls.defaultAction"
		finding.actual == value
		finding.expected == "Deny"
		count(firewall_denies_by_default.unknown) == 0 with input as _resource(value, "Enabled")
	}
}

test_passes if {
	every value in ["DENY", "Deny"] {
		count(firewall_denies_by_default.deny) == 0 with input as _resource(value, "Enabled")
		count(firewall_denies_by_default.unknown) == 0 with input as _resource(value, "Enabled")
	}
}

test_absent_is_the_default if {
	some finding in firewall_denies_by_default.deny with input as {"resource": {"properties": {}}}
	finding.actual == "Allow"
}

test_other_value_is_unknown if {
	count(firewall_denies_by_default.unknown) == 1 with input as _resource("Legacy", "Enabled")
	count(firewall_denies_by_default.deny) == 0 with input as _resource("Legacy", "Enabled")
}

test_closed_endpoint_needs_no_firewall if {
	count(firewall_denies_by_default.deny) == 0 with input as _resource("Allow", "disabled")
	count(firewall_denies_by_default.deny) == 1 with input as _resource("Allow", "Enabled")
}
