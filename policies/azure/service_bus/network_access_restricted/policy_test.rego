package azure.service_bus.network_access_restricted_test

import data.azure.service_bus.network_access_restricted

_namespace(public, action, addresses, subnets) := {
	"resource": {"properties": {"publicNetworkAccess": public}},
	"children": {"networkRuleSets": {"default": {"properties": {"defaultAction": action, "ipRules": addresses, "virtualNetworkRules": subnets}}}},
}

_branch := [{"ipMask": "203.0.113.0/24", "action": "Allow"}]

_subnet := [{"subnet": {"id": "/subscriptions/s/subnets/apps"}}]

test_denies_open_rules if {
	every action in ["Allow", "allow"] {
		count(network_access_restricted.deny) == 1 with input as _namespace("enabled", action, _branch, [])
		some finding in network_access_restricted.deny with input as _namespace("enabled", action, _branch, [])
		finding.path == "children.networkRuleSets.default.properties.defaultAction"
		finding.actual == action
		finding.expected == "Deny"
		count(network_access_restricted.unknown) == 0 with input as _namespace("enabled", action, _branch, [])
	}
}

test_missing_rule_set_is_open if {
	count(network_access_restricted.deny) == 1 with input as {"resource": {"properties": {}}, "children": {}}
	some finding in network_access_restricted.deny with input as {"resource": {"properties": {}}, "children": {}}
	finding.path == "children.networkRuleSets.default.properties.defaultAction"
	finding.actual == "Allow"
	count(network_access_restricted.unknown) == 0 with input as {"resource": {"properties": {}}, "children": {}}
}

test_denies_a_rule_set_without_rules if {
	bare := {"children": {"networkRuleSets": {"default": {"properties": {"defaultAction": "deny"}}}}}
	every namespace in [bare, _namespace("Enabled", "Deny", [], [])] {
		count(network_access_restricted.deny) == 1 with input as namespace
		some finding in network_access_restricted.deny with input as namespace
		finding.path == "children.networkRuleSets.default.properties.ipRules"
		finding.actual == "no rule"
		finding.expected == "one rule or more"
	}
}

test_passes_one_rule if {
	every namespace in [_namespace("Enabled", "DENY", _branch, []), _namespace("Enabled", "Deny", [], _subnet), _namespace("Enabled", "Deny", _branch, _subnet)] {
		count(network_access_restricted.deny) == 0 with input as namespace
		count(network_access_restricted.unknown) == 0 with input as namespace
	}
}

test_passes_without_public_access if {
	every action in ["Allow", "Deny"] {
		count(network_access_restricted.deny) == 0 with input as _namespace("disabled", action, [], [])
		count(network_access_restricted.unknown) == 0 with input as _namespace("disabled", action, [], [])
	}
}

test_perimeter_is_unknown if {
	network_access_restricted.unknown == {"the rules of a network security perimeter decide who gets in, and this policy does not read them"} with input as _namespace("SecuredByPerimeter", "Allow", [], [])
	count(network_access_restricted.deny) == 0 with input as _namespace("SecuredByPerimeter", "Allow", [], [])
}

test_other_values_are_unknown if {
	count(network_access_restricted.unknown) == 1 with input as _namespace("Sometimes", "Deny", _branch, [])
	count(network_access_restricted.unknown) == 1 with input as _namespace("Enabled", "Ask", [], [])
	count(network_access_restricted.deny) == 0 with input as _namespace("Sometimes", "Allow", [], [])
	count(network_access_restricted.deny) == 0 with input as _namespace("Enabled", "Ask", [], [])
}
