package azure.data_explorer.address_rules_narrow_test

import data.azure.data_explorer.address_rules_narrow

_in(rules) := {"resource": {"properties": {"allowedIpRangeList": rules}}}

_limit := {"firewall_addresses_max": 256}

test_denies_a_wide_rule if {
	some finding in address_rules_narrow.deny with input as _in(["203.0.113.7", "0.0.0.0/0"]) with data.parameters as _limit
	finding.path == "resource.properties.allowedIpRangeList"
	finding.actual == "0.0.0.0/0"
	finding.expected == "at most 256 addresses"
	finding.message == "the rule 0.0.0.0/0 admits 4294967296 addresses"
	count(address_rules_narrow.deny) == 1 with input as _in(["203.0.113.7", "0.0.0.0/0"]) with data.parameters as _limit
}

test_passes_the_bound_and_no_rules if {
	every rules in [["203.0.113.0/24", "198.51.100.7"], []] {
		count(address_rules_narrow.deny) == 0 with input as _in(rules) with data.parameters as _limit
		count(address_rules_narrow.unknown) == 0 with input as _in(rules) with data.parameters as _limit
	}
	count(address_rules_narrow.deny) == 1 with input as _in(["203.0.113.0/24"]) with data.parameters as {"firewall_addresses_max": 255}
}

test_what_is_no_range_is_unknown if count(address_rules_narrow.unknown) == 2 with input as _in(["AzureCloud", "2001:db8::/32"]) with data.parameters as _limit
