# METADATA
# description: |
#   How far a resource can be reached, from the facts of its network: `private` has no way in from the internet, `restricted` admits named
#   addresses and networks, `public` admits addresses that nobody named, those of the customers of Azure included. Each answer is an object
#   with the `level` and `why`. Whether a private endpoint leads to a resource is not told apart: both with and without one it is `private`.
package lib.exposure

import data.lib.address_ranges
import data.lib.arm

_ranks := {"private": 0, "restricted": 1, "public": 2}

# above(level, most): the level is further open than the most that is admitted.
above(level, most) if _ranks[level] > _ranks[most]

# inside: the resource has no address that the internet could reach.
inside := {"level": "private", "why": "it has no address of the internet"}

# by_default_action(access, action): public network access is a switch, and a firewall has a default action. Undefined for values that
# are not known.
by_default_action(access, _) := _closed if arm.same(access, "Disabled")

by_default_action(access, action) := _opened("public network access is enabled, and the firewall admits what no rule names") if {
	arm.same(access, "Enabled")
	arm.same(action, "Allow")
}

by_default_action(access, action) := _narrow("public network access is enabled, and the firewall admits named networks only") if {
	arm.same(access, "Enabled")
	arm.same(action, "Deny")
}

# by_ranges(access, ranges, most): public network access is a switch, and a list names who gets in; an empty list admits everybody. A range
# of more than `most` addresses counts as one that nobody named. Undefined for values that are not known.
by_ranges(access, _, _) := _closed if arm.same(access, "Disabled")

by_ranges(access, ranges, _) := _opened("public network access is enabled, and no list limits who gets in") if {
	arm.same(access, "Enabled")
	count(ranges) == 0
}

by_ranges(access, ranges, most) := _opened(sprintf("the firewall admits %s", [concat(", ", sort(_wide(ranges, most)))])) if {
	arm.same(access, "Enabled")
	_measured(ranges)
	count(_wide(ranges, most)) > 0
}

by_ranges(access, ranges, most) := _narrow("public network access is enabled, and the firewall admits named networks only") if {
	arm.same(access, "Enabled")
	count(ranges) > 0
	_measured(ranges)
	count(_wide(ranges, most)) == 0
}

# by_rules(access, rules, most): public network access is a switch, and rules name the first and last address that get in; without rules
# nobody does. Undefined for values that are not known.
by_rules(access, _, _) := _closed if arm.same(access, "Disabled")

by_rules(access, rules, most) := _opened(sprintf("the firewall admits %s", [concat(", ", sort(_wide_rules(rules, most)))])) if {
	arm.same(access, "Enabled")
	_spans(rules)
	count(_wide_rules(rules, most)) > 0
}

by_rules(access, rules, most) := _narrow(sprintf("public network access is enabled, and %v rules of the firewall name who gets in", [count(rules)])) if {
	arm.same(access, "Enabled")
	_spans(rules)
	count(_wide_rules(rules, most)) == 0
}

_closed := {"level": "private", "why": "public network access is disabled"}

_opened(why) := {"level": "public", "why": why}

_narrow(why) := {"level": "restricted", "why": why}

# Some services take the address 0.0.0.0 for every service in Azure, those of other customers too.
_wide(ranges, most) := {range | some range in ranges; _is_wide(range, most)}

_is_wide(range, most) if address_ranges.size(range) > most

_is_wide(range, _) if range == "0.0.0.0"

_measured(ranges) if {
	every range in ranges {
		address_ranges.size(range) > 0
	}
}

_wide_rules(rules, most) := {sprintf("%s to %s", [rule.first, rule.last]) | some rule in rules; _is_wide_rule(rule, most)}

_is_wide_rule(rule, most) if address_ranges.between(rule.first, rule.last) > most

_is_wide_rule(rule, _) if rule.first == "0.0.0.0"

_spans(rules) if {
	every rule in rules {
		address_ranges.between(rule.first, rule.last) > 0
	}
}
