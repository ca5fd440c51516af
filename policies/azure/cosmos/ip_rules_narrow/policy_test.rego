package azure.cosmos.ip_rules_narrow_test

import data.azure.cosmos.ip_rules_narrow

_account(ranges) := {"resource": {"properties": {"ipRules": [{"ipAddressOrRange": range} | some range in ranges]}}}

_limit := {"firewall_rule_addresses_max": 256}

test_denies_a_wide_network if {
	every range in ["0.0.0.0/0", "203.0.112.0/23"] {
		count(ip_rules_narrow.deny) == 1 with input as _account(["203.0.113.10", range]) with data.parameters as _limit
		some finding in ip_rules_narrow.deny with input as _account(["203.0.113.10", range]) with data.parameters as _limit
		finding.path == "resource.properties.ipRules"
		finding.actual == range
		finding.expected == "at most 256 addresses"
		count(ip_rules_narrow.unknown) == 0 with input as _account([range]) with data.parameters as _limit
	}
}

test_denies_all_of_azure if {
	count(ip_rules_narrow.deny) == 1 with input as _account(["0.0.0.0"]) with data.parameters as _limit
	some finding in ip_rules_narrow.deny with input as _account(["0.0.0.0"]) with data.parameters as _limit
	finding.path == "resource.properties.ipRules"
	finding.actual == "0.0.0.0"
	finding.expected == "an address of the firm"
}

test_passes_narrow_rules if {
	every ranges in [["203.0.113.0/24"], ["203.0.113.10", "198.51.100.7"]] {
		count(ip_rules_narrow.deny) == 0 with input as _account(ranges) with data.parameters as _limit
		count(ip_rules_narrow.unknown) == 0 with input as _account(ranges) with data.parameters as _limit
		count(ip_rules_narrow.not_applicable) == 0 with input as _account(ranges) with data.parameters as _limit
	}
}

test_ignores_an_account_without_rules if {
	every account in [_account([]), {"resource": {"properties": {}}}] {
		some reason in ip_rules_narrow.not_applicable with input as account with data.parameters as _limit
		reason == "the account has no address rules"
	}
}

test_parameter_moves_the_limit if count(ip_rules_narrow.deny) == 1 with input as _account(["203.0.113.0/24"]) with data.parameters as {"firewall_rule_addresses_max": 255}

test_what_is_no_network_is_unknown if {
	every range in ["office", ""] {
		count(ip_rules_narrow.unknown) == 1 with input as _account([range]) with data.parameters as _limit
	}
}
