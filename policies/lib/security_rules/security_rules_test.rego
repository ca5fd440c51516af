package lib.security_rules_test

import data.lib.security_rules

_rule(changes) := {"name": "r", "properties": object.union(
	{
		"direction": "Inbound",
		"access": "Allow",
		"protocol": "Tcp",
		"sourceAddressPrefix": "*",
		"destinationAddressPrefix": "10.0.0.0/24",
		"destinationPortRange": "22",
	},
	changes,
)}

test_opens_a_port if security_rules.opens(_rule({}), "tcp", 22)

test_other_port_stays_closed if not security_rules.opens(_rule({}), "tcp", 3389)

test_every_name_of_the_internet if {
	every prefix in ["*", "Internet", "ANY", "0.0.0.0/0", "::/0", "0.0.0.0"] {
		security_rules.opens(_rule({"sourceAddressPrefix": prefix}), "tcp", 22)
	}
}

test_narrow_sources_are_not_the_internet if {
	every prefix in ["10.0.0.0/8", "VirtualNetwork", "203.0.113.7", "AzureLoadBalancer", "10.0.0.0/10"] {
		not security_rules.opens(_rule({"sourceAddressPrefix": prefix}), "tcp", 22)
	}
}

test_sources_in_a_list if security_rules.opens(_rule({"sourceAddressPrefix": "", "sourceAddressPrefixes": ["10.0.0.0/8", "0.0.0.0/0"]}), "tcp", 22)

test_null_is_nothing if {
	not security_rules.opens(_rule({"sourceAddressPrefix": null}), "tcp", 22)
	not security_rules.unclear(_rule({"sourceAddressPrefix": null, "sourceAddressPrefixes": null}))
}

test_ranges if {
	security_rules.opens(_rule({"destinationPortRange": "20-30"}), "tcp", 22)
	not security_rules.opens(_rule({"destinationPortRange": "23-30"}), "tcp", 22)
	not security_rules.opens(_rule({"destinationPortRange": "10-21"}), "tcp", 22)
}

test_ports_in_a_list if {
	security_rules.opens(_rule({"destinationPortRange": "", "destinationPortRanges": ["443", "20-22"]}), "tcp", 22)
	security_rules.opens(_rule({"destinationPortRange": "80, 22"}), "tcp", 22)
}

test_any_port if {
	security_rules.opens(_rule({"destinationPortRange": "*"}), "tcp", 22)
	security_rules.opens_all(_rule({"destinationPortRange": "*"}))
	security_rules.opens_all(_rule({"destinationPortRange": "1-65535"}))
	security_rules.opens_all(_rule({"destinationPortRange": "0-65535"}))
	not security_rules.opens_all(_rule({"destinationPortRange": "1-65534"}))
	not security_rules.opens_all(_rule({"destinationPortRange": "2-65535"}))
	not security_rules.opens_all(_rule({"destinationPortRange": "*", "sourceAddressPrefix": "10.0.0.0/8"}))
}

test_protocols if {
	security_rules.opens(_rule({"protocol": "*"}), "tcp", 22)
	security_rules.opens(_rule({"protocol": "TCP"}), "tcp", 22)
	not security_rules.opens(_rule({"protocol": "Udp"}), "tcp", 22)
	security_rules.carries(_rule({"protocol": "Udp"}), "udp")
}

test_only_what_is_let_in if {
	not security_rules.opens(_rule({"access": "Deny"}), "tcp", 22)
	not security_rules.opens(_rule({"direction": "Outbound"}), "tcp", 22)
}

test_lets_out if {
	security_rules.lets_out(_rule({"direction": "Outbound", "destinationAddressPrefix": "Internet"}))
	not security_rules.lets_out(_rule({"direction": "Outbound"}))
	not security_rules.lets_out(_rule({"destinationAddressPrefix": "*"}))
}

test_readable_rule_is_clear if not security_rules.unclear(_rule({}))

test_what_cannot_be_read_is_unclear if {
	every changes in [
		{"direction": "Sideways"}, {"direction": 7},
		{"access": "Perhaps"}, {"access": []},
		{"protocol": "Quic"}, {"protocol": {}},
		{"destinationPortRange": "ssh"}, {"destinationPortRange": ""}, {"destinationPortRange": 22}, {"destinationPortRanges": ["x"]},
		{"sourceAddressPrefix": 7}, {"sourceAddressPrefixes": [7]}, {"destinationAddressPrefix": {}},
	] {
		security_rules.unclear(_rule(changes))
	}
}

test_empty_rule_is_unclear if {
	security_rules.unclear({})
	security_rules.unclear({"name": "r"})
	security_rules.unclear({"name": "r", "properties": {}})
}

test_name if {
	security_rules.name(_rule({})) == "r"
	security_rules.name({}) == "without a name"
}
