package azure.dns.forwarding_ruleset_forwards_test

import data.azure.dns.forwarding_ruleset_forwards

_ruleset(states) := {"children": {"forwardingRules": {sprintf("rule%d", [i]): {"properties": {"forwardingRuleState": state}} | some i, state in states}}}

_verdict(it) := [count(denied), count(unclear)] if {
	denied := forwarding_ruleset_forwards.deny with input as it
	unclear := forwarding_ruleset_forwards.unknown with input as it
}

test_denies_rules_that_are_off if {
	some finding in forwarding_ruleset_forwards.deny with input as _ruleset(["Disabled", "disabled"])
	finding.path == "children.forwardingRules.*.properties.forwardingRuleState"
	finding.actual == 2
	finding.expected == "one enabled rule or more"
	_verdict(_ruleset([])) == [1, 0]
}

test_passes_one_rule_in_force if {
	_verdict(_ruleset(["Disabled", "enabled"])) == [0, 0]
	_verdict(_ruleset(["Paused", "Enabled"])) == [0, 0]
}

test_a_rule_that_says_nothing_is_in_force if _verdict({"children": {"forwardingRules": {"corp": {"name": "corp"}}}}) == [0, 0]

test_other_state_is_unknown if _verdict(_ruleset(["Disabled", "Paused", "Paused"])) == [0, 2]
