package azure.dns.zone_linked_to_resolver_networks_test

import data.azure.dns.zone_linked_to_resolver_networks

_zone(name, networks) := {
	"resource": {"name": name},
	"children": {"virtualNetworkLinks": {sprintf("link%d", [i]): {"properties": {"virtualNetwork": {"id": id}}} | some i, id in networks}},
}

_hubs := {"resolver_networks": ["/Hub/A", "/hub/b"]}

_verdict(it, parameters) := [count(denied), count(aside)] if {
	denied := zone_linked_to_resolver_networks.deny with input as it with data.parameters as parameters
	aside := zone_linked_to_resolver_networks.not_applicable with input as it with data.parameters as parameters
}

test_denies_each_network_that_is_missing if {
	_verdict(_zone("Privatelink.azurecr.io", []), _hubs) == [2, 0]
	some finding in zone_linked_to_resolver_networks.deny with input as _zone("privatelink.azurecr.io", ["/hub/a", "/spoke"]) with data.parameters as _hubs
	finding.path == "children.virtualNetworkLinks.*.properties.virtualNetwork.id"
	finding.actual == ["/hub/a", "/spoke"]
	finding.expected == "/hub/b"
}

test_passes_a_zone_linked_to_all if _verdict(_zone("privatelink.azurecr.io", ["/HUB/a", "/hub/B", "/spoke"]), _hubs) == [0, 0]

test_ignores_zones_of_the_firm if _verdict(_zone("corp.example.com", ["/hub/a", "/hub/b"]), _hubs) == [0, 1]

test_ignores_everything_without_a_list if _verdict(_zone("privatelink.azurecr.io", []), {"resolver_networks": []}) == [0, 1]
