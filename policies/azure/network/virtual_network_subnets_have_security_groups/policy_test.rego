package azure.network.virtual_network_subnets_have_security_groups_test

import data.azure.network.virtual_network_subnets_have_security_groups

_network(subnets) := {"resource": {"properties": {"subnets": subnets}}}

_verdict(subnets) := [count(denied), count(unclear)] if {
	denied := virtual_network_subnets_have_security_groups.deny with input as _network(subnets)
	unclear := virtual_network_subnets_have_security_groups.unknown with input as _network(subnets)
}

_with := {"name": "a", "properties": {"networkSecurityGroup": {"id": "x"}}}

test_denies_a_subnet_without_group if {
	some finding in virtual_network_subnets_have_security_groups.deny with input as _network([_with, {"name": "b", "properties": {}}])
	finding.path == "resource.properties.subnets"
	finding.actual == "b"
	finding.expected == "a network security group"
}

test_empty_id_is_no_group if _verdict([{"name": "b", "properties": {"networkSecurityGroup": {"id": ""}}}]) == [1, 0]

test_passes_subnets_with_groups if _verdict([_with]) == [0, 0]

test_passes_no_subnet if _verdict([]) == [0, 0]

test_subnets_of_the_platform_need_none if {
	every name in ["GatewaySubnet", "AzureFirewallSubnet", "AzureFirewallManagementSubnet", "RouteServerSubnet"] {
		_verdict([{"name": name, "properties": {}}]) == [0, 0]
	}
}

test_unreadable_subnet_is_unknown if {
	_verdict([{"name": "b"}]) == [0, 1]
	_verdict([{"name": "b", "properties": "x"}]) == [0, 1]
	_verdict([{"name": 7, "properties": {"networkSecurityGroup": {"id": "x"}}}]) == [0, 1]
	_verdict([{"name": "b", "properties": {"networkSecurityGroup": {"id": 7}}}]) == [0, 1]
}
