package azure.redis.firewall_rule_narrow_test

import data.azure.redis.firewall_rule_narrow

_rule(first, last) := {"resource": {"properties": {"startIP": first, "endIP": last}}}

_class_c := {"firewall_addresses_max": 256}

test_denies_a_wide_range if {
	every range in [["0.0.0.0", "255.255.255.255"], ["203.0.113.0", "203.0.114.0"]] {
		wide := _rule(range[0], range[1])
		count(firewall_rule_narrow.deny) == 1 with input as wide with data.parameters as _class_c
		some finding in firewall_rule_narrow.deny with input as wide with data.parameters as _class_c
		finding.path == "resource.properties.endIP"
		finding.actual == sprintf("%s to %s", range)
		finding.expected == "at most 256 addresses"
		count(firewall_rule_narrow.unknown) == 0 with input as wide with data.parameters as _class_c
	}
}

test_denies_all_of_azure if {
	azure := _rule("0.0.0.0", "0.0.0.0")
	count(firewall_rule_narrow.deny) == 1 with input as azure with data.parameters as _class_c
	some finding in firewall_rule_narrow.deny with input as azure with data.parameters as _class_c
	finding.path == "resource.properties.endIP"
	finding.actual == "0.0.0.0 to 0.0.0.0"
	finding.expected == "at most 256 addresses"
}

test_passes_narrow_ranges if {
	every range in [["203.0.113.0", "203.0.113.255"], ["203.0.113.7", "203.0.113.7"]] {
		count(firewall_rule_narrow.deny) == 0 with input as _rule(range[0], range[1]) with data.parameters as _class_c
		count(firewall_rule_narrow.unknown) == 0 with input as _rule(range[0], range[1]) with data.parameters as _class_c
	}
}

test_other_text_is_unknown if {
	every range in [["203.0.113.9", "203.0.113.8"], ["203.0.113.9", "everybody"]] {
		count(firewall_rule_narrow.unknown) == 1 with input as _rule(range[0], range[1]) with data.parameters as _class_c
		count(firewall_rule_narrow.deny) == 0 with input as _rule(range[0], range[1]) with data.parameters as _class_c
	}
}
