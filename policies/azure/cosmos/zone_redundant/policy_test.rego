package azure.cosmos.zone_redundant_test

import data.azure.cosmos.zone_redundant

_account(locations) := {"resource": {"properties": {"locations": locations}}}

_required := {"zone_redundancy_required": true}

_west := {"locationName": "West Europe", "isZoneRedundant": true}

test_denies_one_zone if {
	every location in [{"locationName": "North Europe", "isZoneRedundant": false}, {"locationName": "North Europe"}] {
		count(zone_redundant.deny) == 1 with input as _account([_west, location]) with data.parameters as _required
		some finding in zone_redundant.deny with input as _account([_west, location]) with data.parameters as _required
		finding.path == "resource.properties.locations"
		finding.actual == "North Europe"
		finding.expected == "isZoneRedundant: true"
		count(zone_redundant.unknown) == 0 with input as _account([_west, location]) with data.parameters as _required
	}
}

test_passes_zones_everywhere if {
	count(zone_redundant.deny) == 0 with input as _account([_west]) with data.parameters as _required
	count(zone_redundant.unknown) == 0 with input as _account([_west]) with data.parameters as _required
	count(zone_redundant.not_applicable) == 0 with input as _account([_west]) with data.parameters as _required
}

test_ignores_what_needs_no_zones if {
	some reason in zone_redundant.not_applicable with input as _account([]) with data.parameters as {"zone_redundancy_required": false}
	reason == "zone redundancy is not required of this account"
}

test_unclear_regions_are_unknown if {
	every locations in [[], [{"isZoneRedundant": true}], [{"locationName": "West Europe", "isZoneRedundant": "true"}], [_west, {"locationName": 7, "isZoneRedundant": true}]] {
		count(zone_redundant.unknown) == 1 with input as _account(locations) with data.parameters as _required
	}
}
