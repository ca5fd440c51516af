package azure.network.security_rule_outbound_to_internet_limited_test

import data.azure.network.security_rule_outbound_to_internet_limited

_open := {"protocol": "Tcp", "destinationPortRange": "443", "destinationAddressPrefix": "Internet", "access": "Allow", "direction": "Outbound"}

_rule(changes) := {"resource": {"properties": object.union(_open, changes)}}

_verdict(it) := [count(denied), count(unclear)] if {
	denied := security_rule_outbound_to_internet_limited.deny with input as it
	unclear := security_rule_outbound_to_internet_limited.unknown with input as it
}

test_denies_an_open_rule if {
	some finding in security_rule_outbound_to_internet_limited.deny with input as _rule({})
	finding.path == "resource.properties.destinationAddressPrefix"
	finding.actual == "Internet"
	finding.expected == "named destinations"
}

test_open_rule_is_readable if _verdict(_rule({})) == [1, 0]

test_denies_an_open_address_in_a_list if {
	some finding in security_rule_outbound_to_internet_limited.deny with input as _rule({"destinationAddressPrefix": "", "destinationAddressPrefixes": ["203.0.113.0/24", "0.0.0.0/0"]})
	finding.actual == "203.0.113.0/24, 0.0.0.0/0"
}

test_denies_a_list_alone if {
	alone := object.union(object.remove(_open, ["destinationAddressPrefix"]), {"destinationAddressPrefixes": ["::/0"]})
	some finding in security_rule_outbound_to_internet_limited.deny with input as {"resource": {"properties": alone}}
	finding.actual == "::/0"
}

test_denies_ports_in_a_list if _verdict(_rule({"destinationPortRange": "", "destinationPortRanges": ["443", "53"]})) == [1, 0]

test_no_address_is_not_everywhere if {
	_verdict({"resource": {"properties": object.remove(_open, ["destinationAddressPrefix"])}}) == [0, 0]
	_verdict(_rule({"destinationAddressPrefix": ""})) == [0, 0]
}

test_passes_narrow_destinations if _verdict(_rule({"destinationAddressPrefix": "203.0.113.0/24"})) == [0, 0]

test_passes_a_rule_that_denies if _verdict(_rule({"access": "Deny"})) == [0, 0]

test_passes_inbound_rules if _verdict(_rule({"direction": "Inbound"})) == [0, 0]

test_unreadable_rule_is_unknown if {
	_verdict(_rule({"direction": "Sideways"})) == [0, 1]
	count(security_rule_outbound_to_internet_limited.unknown) == 1 with input as {"resource": {"properties": object.remove(_open, ["destinationPortRange"])}}
}

test_missing_direction_is_left_to_the_engine if _verdict({"resource": {"properties": object.remove(_open, ["direction"])}}) == [0, 0]
