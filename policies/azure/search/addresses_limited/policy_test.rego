package azure.search.addresses_limited_test

import data.azure.search.addresses_limited

_resource(rules) := {"resource": {"properties": {"networkRuleSet": {"ipRules": rules}}}}

test_denies_the_whole_internet if {
	every range in ["0.0.0.0/0", "0.0.0.0", "::/0"] {
		some finding in addresses_limited.deny with input as _resource([{"value": "198.51.100.0/24"}, {"value": range}])
		finding.path == "resource.properties.networkRuleSet.ipRules"
		finding.actual == [{"value": "198.51.100.0/24"}, {"value": range}]
		finding.expected == "ranges of the firm"
		count(addresses_limited.unknown) == 0 with input as _resource([{"value": range}])
	}
}

test_passes_ranges if {
	every rules in [[], [{"value": "198.51.100.0/24"}]] {
		count(addresses_limited.deny) == 0 with input as _resource(rules)
		count(addresses_limited.unknown) == 0 with input as _resource(rules)
	}
}

test_unreadable_rule_is_unknown if {
	every rule in [{}, {"value": 7}] {
		addresses_limited.unknown == {"a rule of the firewall has no readable range"} with input as _resource([rule])
		count(addresses_limited.deny) == 0 with input as _resource([rule])
	}
}
