package azure.network.security_group_outbound_to_internet_limited_test

import data.azure.network.security_group_outbound_to_internet_limited

_rule(changes) := {"name": "r", "properties": object.union({"protocol": "Tcp", "destinationPortRange": "443", "sourceAddressPrefix": "10.20.0.0/16", "destinationAddressPrefix": "Internet", "access": "Allow", "direction": "Outbound"}, changes)}

_group(rules) := {"resource": {"properties": {"securityRules": rules}}}

_verdict(rules) := [count(denied), count(unclear)] if {
	denied := security_group_outbound_to_internet_limited.deny with input as _group(rules)
	unclear := security_group_outbound_to_internet_limited.unknown with input as _group(rules)
}

test_denies_an_open_rule if {
	some finding in security_group_outbound_to_internet_limited.deny with input as _group([_rule({})])
	finding.path == "resource.properties.securityRules"
	finding.actual == "r"
	finding.expected == "named destinations"
	_verdict([_rule({})]) == [1, 0]
}

test_passes_narrow_destinations if _verdict([_rule({"destinationAddressPrefix": "203.0.113.0/24"})]) == [0, 0]

test_passes_a_rule_that_denies if _verdict([_rule({"access": "Deny"})]) == [0, 0]

test_passes_no_rule if _verdict([]) == [0, 0]

test_passes_inbound_rules if _verdict([_rule({"direction": "Inbound"})]) == [0, 0]

test_unreadable_rule_is_unknown if _verdict([_rule({"direction": "Sideways"})]) == [0, 1]
