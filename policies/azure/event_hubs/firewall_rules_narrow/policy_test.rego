package azure.event_hubs.firewall_rules_narrow_test

import data.azure.event_hubs.firewall_rules_narrow

_namespace(public, range) := {
	"resource": {"properties": {"publicNetworkAccess": public}},
	"children": {"networkRuleSets": {"default": {"properties": {"ipRules": [{"ipMask": range}]}}}},
}

_class_c := {"firewall_addresses_max": 256}

test_denies_wide_rules if {
	every range in ["0.0.0.0/0", "203.0.112.0/23"] {
		some finding in firewall_rules_narrow.deny with input as _namespace("Enabled", range) with data.parameters as _class_c
		finding.path == "children.networkRuleSets.default.properties.ipRules"
		finding.actual == range
		finding.expected == "at most 256 addresses"
		count(firewall_rules_narrow.unknown) == 0 with input as _namespace("Enabled", range) with data.parameters as _class_c
	}
}

test_missing_public_access_is_enabled if {
	open := object.remove(_namespace("Enabled", "0.0.0.0/0"), ["resource"])
	count(firewall_rules_narrow.deny) == 1 with input as open with data.parameters as _class_c
}

test_passes_narrow_rules if {
	every range in ["203.0.113.0/24", "203.0.113.7"] {
		count(firewall_rules_narrow.deny) == 0 with input as _namespace("Enabled", range) with data.parameters as _class_c
		count(firewall_rules_narrow.unknown) == 0 with input as _namespace("Enabled", range) with data.parameters as _class_c
	}
}

test_rules_do_not_count_without_public_access if {
	count(firewall_rules_narrow.deny) == 0 with input as _namespace("disabled", "0.0.0.0/0") with data.parameters as _class_c
	count(firewall_rules_narrow.unknown) == 0 with input as _namespace("disabled", "0.0.0.0/0") with data.parameters as _class_c
}

test_perimeter_is_unknown if {
	firewall_rules_narrow.unknown == {"the rules of a network security perimeter decide who gets in, and this policy does not read them"} with input as _namespace("SecuredByPerimeter", "0.0.0.0/0") with data.parameters as _class_c
	count(firewall_rules_narrow.deny) == 0 with input as _namespace("SecuredByPerimeter", "0.0.0.0/0") with data.parameters as _class_c
}

test_other_public_access_is_unknown if {
	count(firewall_rules_narrow.unknown) == 1 with input as _namespace("Sometimes", "203.0.113.7") with data.parameters as _class_c
	count(firewall_rules_narrow.deny) == 0 with input as _namespace("Sometimes", "0.0.0.0/0") with data.parameters as _class_c
}

test_no_rules_pass if {
	count(firewall_rules_narrow.deny) == 0 with input as {"resource": {"properties": {}}} with data.parameters as _class_c
	count(firewall_rules_narrow.unknown) == 0 with input as {"resource": {"properties": {}}} with data.parameters as _class_c
}

test_other_text_is_unknown if {
	firewall_rules_narrow.unknown == {"the rule \"everybody\" is no range of addresses"} with input as _namespace("Enabled", "everybody") with data.parameters as _class_c
	count(firewall_rules_narrow.deny) == 0 with input as _namespace("Enabled", "everybody") with data.parameters as _class_c
}
