package azure.dns.zone_linked_test

import data.azure.dns.zone_linked

_zone(name, links) := {"resource": {"name": name}, "children": {"virtualNetworkLinks": links}}

_verdict(it) := [count(denied), count(aside)] if {
	denied := zone_linked.deny with input as it
	aside := zone_linked.not_applicable with input as it
}

test_denies_a_zone_without_links if {
	some finding in zone_linked.deny with input as _zone("Privatelink.azurecr.io", {})
	finding.path == "children.virtualNetworkLinks.*.name"
	finding.actual == 0
	finding.expected == "one link or more"
	_verdict(_zone("privatelink.azurecr.io", {})) == [1, 0]
}

test_passes_a_zone_with_a_link if _verdict(_zone("privatelink.azurecr.io", {"hub": {"name": "hub"}})) == [0, 0]

test_ignores_zones_of_the_firm if _verdict(_zone("corp.example.com", {"hub": {"name": "hub"}})) == [0, 1]
