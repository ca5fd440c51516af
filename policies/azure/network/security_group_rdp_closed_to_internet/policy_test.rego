package azure.network.security_group_rdp_closed_to_internet_test

import data.azure.network.security_group_rdp_closed_to_internet

_rule(changes) := {"name": "r", "properties": object.union({"protocol": "Tcp", "destinationPortRange": "3389", "sourceAddressPrefix": "*", "destinationAddressPrefix": "10.40.8.0/24", "access": "Allow", "direction": "Inbound"}, changes)}

_group(rules) := {"resource": {"properties": {"securityRules": rules}}}

_verdict(rules) := [count(denied), count(unclear)] if {
	denied := security_group_rdp_closed_to_internet.deny with input as _group(rules)
	unclear := security_group_rdp_closed_to_internet.unknown with input as _group(rules)
}

test_denies_an_open_rule if {
	some finding in security_group_rdp_closed_to_internet.deny with input as _group([_rule({})])
	finding.path == "resource.properties.securityRules"
	finding.actual == "r"
	finding.expected == "no way from the internet to port 3389"
	_verdict([_rule({})]) == [1, 0]
}

test_passes_narrow_sources if _verdict([_rule({"sourceAddressPrefix": "203.0.113.0/24"})]) == [0, 0]

test_passes_a_rule_that_denies if _verdict([_rule({"access": "Deny"})]) == [0, 0]

test_passes_no_rule if _verdict([]) == [0, 0]

test_denies_udp_as_well if _verdict([_rule({"protocol": "Udp"})]) == [1, 0]

test_passes_other_ports if _verdict([_rule({"destinationPortRange": "3390"}), _rule({"protocol": "Icmp"})]) == [0, 0]

test_unreadable_rule_is_unknown if _verdict([_rule({"direction": "Sideways"})]) == [0, 1]
