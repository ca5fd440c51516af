package azure.network.virtual_network_dns_redundant_test

import data.azure.network.virtual_network_dns_redundant

_network(servers) := {"resource": {"properties": {"dhcpOptions": {"dnsServers": servers}}}}

_verdict(it) := [count(denied), count(aside), count(unclear)] if {
	denied := virtual_network_dns_redundant.deny with input as it
	aside := virtual_network_dns_redundant.not_applicable with input as it
	unclear := virtual_network_dns_redundant.unknown with input as it
}

test_denies_one_server if {
	some finding in virtual_network_dns_redundant.deny with input as _network(["10.0.0.4"])
	finding.path == "resource.properties.dhcpOptions.dnsServers"
	finding.actual == 1
	finding.expected == "two or more DNS servers"
	contains(finding.message, "10.0.0.4")
}

test_passes_two_servers if _verdict(_network(["10.0.0.4", "10.0.0.5"])) == [0, 0, 0]

test_ignores_the_resolvers_of_azure if {
	_verdict(_network([])) == [0, 1, 0]
	_verdict({"resource": {"properties": {}}}) == [0, 1, 0]
}

test_unreadable_server_is_unknown if _verdict(_network(["10.0.0.4", 7])) == [0, 0, 1]
