package azure.dns.forwarding_ruleset_linked_test

import data.azure.dns.forwarding_ruleset_linked

test_denies_a_ruleset_without_links if {
	some finding in forwarding_ruleset_linked.deny with input as {"children": {"virtualNetworkLinks": {}}}
	finding.path == "children.virtualNetworkLinks.*"
	finding.actual == 0
	finding.expected == "one link or more"
}

test_passes_a_ruleset_with_a_link if {
	count(forwarding_ruleset_linked.deny) == 0 with input as {"children": {"virtualNetworkLinks": {"hub": {"name": "hub"}}}}
}
