package azure.dns.zone_copies_limited_test

import data.azure.dns.zone_copies_limited

_zone(name, zones) := {"resource": {"name": name}, "related": {"same_name_zones": {id: {"id": id} | some id in zones}}}

_verdict(it) := [count(denied), count(aside)] if {
	denied := zone_copies_limited.deny with input as it with data.parameters as {"private_zone_copies_max": 2}
	aside := zone_copies_limited.not_applicable with input as it with data.parameters as {"private_zone_copies_max": 2}
}

test_denies_more_than_allowed if {
	some finding in zone_copies_limited.deny with input as _zone("Privatelink.azurecr.io", ["/b", "/a", "/c"]) with data.parameters as {"private_zone_copies_max": 2}
	finding.path == "related.same_name_zones.*"
	finding.actual == ["/a", "/b", "/c"]
	finding.expected == "at most 2"
	_verdict(_zone("privatelink.azurecr.io", ["/b", "/a", "/c"])) == [1, 0]
}

test_nothing_counted_is_unknown if {
	count(zone_copies_limited.unknown) == 1 with input as _zone("privatelink.azurecr.io", []) with data.parameters as {"private_zone_copies_max": 2}
	count(zone_copies_limited.unknown) == 0 with input as _zone("privatelink.azurecr.io", ["/a"]) with data.parameters as {"private_zone_copies_max": 2}
}

test_passes_as_many_as_allowed if _verdict(_zone("privatelink.azurecr.io", ["/a", "/b"])) == [0, 0]

test_ignores_zones_of_the_firm if _verdict(_zone("corp.example.com", ["/a"])) == [0, 1]
