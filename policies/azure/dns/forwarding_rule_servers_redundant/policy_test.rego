package azure.dns.forwarding_rule_servers_redundant_test

import data.azure.dns.forwarding_rule_servers_redundant

_rule(addresses) := {"resource": {"properties": {"targetDnsServers": [{"ipAddress": address, "port": 53} | some address in addresses]}}}

_verdict(it) := [count(denied), count(unclear)] if {
	denied := forwarding_rule_servers_redundant.deny with input as it with data.parameters as {"dns_servers_min": 2}
	unclear := forwarding_rule_servers_redundant.unknown with input as it with data.parameters as {"dns_servers_min": 2}
}

test_denies_too_few_servers if {
	some finding in forwarding_rule_servers_redundant.deny with input as _rule(["10.0.0.4", "10.0.0.4"]) with data.parameters as {"dns_servers_min": 2}
	finding.path == "resource.properties.targetDnsServers"
	finding.actual == 1
	finding.expected == 2
	_verdict(_rule([])) == [1, 0]
}

test_passes_two_servers if _verdict(_rule(["10.0.0.4", "10.0.0.5"])) == [0, 0]

test_unreadable_address_is_unknown if {
	_verdict(_rule(["10.0.0.4", "10.0.0.5", 7])) == [0, 1]
	_verdict({"resource": {"properties": {"targetDnsServers": [{"ipAddress": "10.0.0.4"}, {"ipAddress": "10.0.0.5"}, {"port": 53}]}}}) == [0, 1]
}
