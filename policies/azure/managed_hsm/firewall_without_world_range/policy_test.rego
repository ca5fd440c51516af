package azure.managed_hsm.firewall_without_world_range_test

import data.azure.managed_hsm.firewall_without_world_range

_vault(ranges) := {"resource": {"properties": {"networkAcls": {"ipRules": [{"value": range} | some range in ranges]}}}}

_verdict(ranges) := [count(denied), count(unclear)] if {
	denied := firewall_without_world_range.deny with input as _vault(ranges) with data.parameters as {"firewall_prefix_bits_min": 16}
	unclear := firewall_without_world_range.unknown with input as _vault(ranges) with data.parameters as {"firewall_prefix_bits_min": 16}
}

test_denies_the_world if {
	some finding in firewall_without_world_range.deny with input as _vault(["203.0.113.7", "0.0.0.0/0"]) with data.parameters as {"firewall_prefix_bits_min": 16}
	finding.path == "resource.properties.networkAcls.ipRules"
	finding.actual == "0.0.0.0/0"
	finding.expected == "ranges of /16 or smaller"
}

test_denies_one_below_the_limit if _verdict(["203.0.0.0/15"]) == [1, 0]

test_passes_the_limit if _verdict(["203.0.0.0/16", "203.0.113.0/24", "198.51.100.4"]) == [0, 0]

test_passes_no_rule if _verdict([]) == [0, 0]

test_single_address_has_all_bits if {
	count(firewall_without_world_range.deny) == 0 with input as _vault(["198.51.100.4"]) with data.parameters as {"firewall_prefix_bits_min": 32}
	count(firewall_without_world_range.deny) == 1 with input as _vault(["198.51.100.4"]) with data.parameters as {"firewall_prefix_bits_min": 33}
}

test_unreadable_address_is_unknown if {
	_verdict(["example.com"]) == [0, 1]
	_verdict(["203.0.113.0/x"]) == [0, 1]
	_verdict(["example.com/8"]) == [0, 1]
}
