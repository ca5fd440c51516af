package azure.sql.firewall_rule_narrow_test

import data.azure.sql.firewall_rule_narrow

_rule(first, last) := {"resource": {"properties": {"startIpAddress": first, "endIpAddress": last}}}

_limit := {"firewall_rule_addresses_max": 256}

test_denies_the_whole_internet if {
	some finding in firewall_rule_narrow.deny with input as _rule("0.0.0.0", "255.255.255.255") with data.parameters as _limit
	finding.path == "resource.properties.endIpAddress"
	finding.actual == "0.0.0.0 to 255.255.255.255"
	finding.expected == "at most 256 addresses"
	count(firewall_rule_narrow.unknown) == 0 with input as _rule("0.0.0.0", "255.255.255.255") with data.parameters as _limit
}

test_denies_one_address_too_many if {
	count(firewall_rule_narrow.deny) == 1 with input as _rule("203.0.113.0", "203.0.114.0") with data.parameters as _limit
}

test_passes_the_limit if {
	count(firewall_rule_narrow.deny) == 0 with input as _rule("203.0.113.0", "203.0.113.255") with data.parameters as _limit
	count(firewall_rule_narrow.unknown) == 0 with input as _rule("203.0.113.0", "203.0.113.255") with data.parameters as _limit
}

test_parameter_moves_the_limit if {
	count(firewall_rule_narrow.deny) == 1 with input as _rule("203.0.113.0", "203.0.113.1") with data.parameters as {"firewall_rule_addresses_max": 1}
}

test_what_is_no_range_is_unknown if {
	every last in ["203.0.112.255", "203.0.112.0", "office", "203.0.113.300"] {
		count(firewall_rule_narrow.unknown) == 1 with input as _rule("203.0.113.0", last) with data.parameters as _limit
		count(firewall_rule_narrow.deny) == 0 with input as _rule("203.0.113.0", last) with data.parameters as _limit
	}
}
