package azure.dns.forwarding_rule_servers_private_test

import data.azure.dns.forwarding_rule_servers_private

_in(address, state) := {"resource": {"properties": {"forwardingRuleState": state, "targetDnsServers": [{"ipAddress": "10.1.0.4"}, {"ipAddress": address}]}}}

_ranges := {"private_address_ranges": ["10.0.0.0/8", "172.16.0.0/12"]}

test_denies_a_public_resolver if {
	some finding in forwarding_rule_servers_private.deny with input as _in("8.8.8.8", "enabled") with data.parameters as _ranges
	finding.path == "resource.properties.targetDnsServers"
	finding.actual == ["8.8.8.8"]
	finding.expected == ["10.0.0.0/8", "172.16.0.0/12"]
	finding.message == "questions are forwarded to 8.8.8.8"
	count(forwarding_rule_servers_private.unknown) == 0 with input as _in("8.8.8.8", "enabled") with data.parameters as _ranges
	count(forwarding_rule_servers_private.not_applicable) == 0 with input as _in("8.8.8.8", "enabled") with data.parameters as _ranges
}

test_passes_private_servers if count(forwarding_rule_servers_private.deny) == 0 with input as _in("172.16.0.4", "Enabled") with data.parameters as _ranges

test_does_not_apply_when_off if {
	some reason in forwarding_rule_servers_private.not_applicable with input as _in("8.8.8.8", "DISABLED") with data.parameters as _ranges
	reason == "the rule is off"
	count(forwarding_rule_servers_private.unknown) == 0 with input as _in("8.8.8.8", "Disabled") with data.parameters as _ranges
}

test_others_are_unknown if {
	count(forwarding_rule_servers_private.unknown) == 1 with input as _in("resolver", "Enabled") with data.parameters as _ranges
	count(forwarding_rule_servers_private.deny) == 0 with input as _in("resolver", "Enabled") with data.parameters as _ranges
	count(forwarding_rule_servers_private.unknown) == 1 with input as _in("10.1.0.5", "Paused") with data.parameters as _ranges
}
