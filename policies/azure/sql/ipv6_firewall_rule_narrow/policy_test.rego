package azure.sql.ipv6_firewall_rule_narrow_test

import data.azure.sql.ipv6_firewall_rule_narrow

_in(first, last) := {"resource": {"properties": {"startIPv6Address": first, "endIPv6Address": last}}}

_limit := {"firewall_ipv6_prefix_bits_min": 48}

_bits(first, last) := bits if {
	some finding in ipv6_firewall_rule_narrow.deny with input as _in(first, last) with data.parameters as {"firewall_ipv6_prefix_bits_min": 1000}
	bits := finding.actual
}

test_denies_the_world if {
	some finding in ipv6_firewall_rule_narrow.deny with input as _in("::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff") with data.parameters as _limit
	finding.path == "resource.properties.endIPv6Address"
	finding.actual == 0
	finding.expected == "at least 48 bits"
	finding.message == "the rule admits all networks below a prefix of 0 bits"
}

test_passes_the_bound if {
	count(ipv6_firewall_rule_narrow.deny) == 0 with input as _in("2001:db8:12::", "2001:DB8:12:ffff:ffff:ffff:ffff:ffff") with data.parameters as _limit
	count(ipv6_firewall_rule_narrow.unknown) == 0 with input as _in("2001:db8:12::", "2001:DB8:12:ffff:ffff:ffff:ffff:ffff") with data.parameters as _limit
	count(ipv6_firewall_rule_narrow.deny) == 1 with input as _in("2001:db8:12::", "2001:db8:13:ffff:ffff:ffff:ffff:ffff") with data.parameters as _limit
}

test_reads_every_way_to_write_an_address if {
	_bits("2001:0db8::1", "2001:db8:0:0:0:0:0:1") == 128
	_bits("2001:db8::1", "2001:db8::2") == 112
	_bits("::1", "0:0:0:0:0:0:0:1") == 128
	_bits("fe80::", "fe80:0:0:0::") == 128
	_bits("::", "0:0:0:0:0:0:0:0") == 128
	_bits("2001:db8:0001:0010:0100:1000:0:0", "2001:db8:1:10:100:1000::") == 128
	_bits("2001:db8:1:2:3:4:5:6", "2001:db8:1:2:3:4:5:6") == 128
	_bits("1::", "10::") == 0
}

test_what_is_no_address_is_unknown if {
	every text in ["10.0.0.1", "", "2001:db8", "1:2:3:4:5:6:7:8:9", "1::2::3", "12345::", "2001:db8:zz::", ":::"] {
		count(ipv6_firewall_rule_narrow.unknown) == 1 with input as _in(text, "::1") with data.parameters as _limit
		count(ipv6_firewall_rule_narrow.unknown) == 1 with input as _in("::1", text) with data.parameters as _limit
		count(ipv6_firewall_rule_narrow.deny) == 0 with input as _in("::1", text) with data.parameters as _limit
	}
}
