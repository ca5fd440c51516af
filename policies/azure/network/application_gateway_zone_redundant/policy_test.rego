package azure.network.application_gateway_zone_redundant_test

import data.azure.network.application_gateway_zone_redundant

_in(zones) := {"resource": {"location": "westeurope", "zones": zones}}

_two := {"network_zones_min": 2}

test_denies_one_zone if {
	some finding in application_gateway_zone_redundant.deny with input as _in(["1"]) with data.parameters as _two
	finding.path == "resource.zones"
	finding.actual == 1
	finding.expected == "at least 2 zones"
}

test_missing_zones_are_none if {
	some finding in application_gateway_zone_redundant.deny with input as {"resource": {"location": "westeurope"}} with data.parameters as _two
	finding.actual == 0
}

test_passes_two_zones if {
	count(application_gateway_zone_redundant.deny) == 0 with input as _in(["1", "2"]) with data.parameters as _two
	count(application_gateway_zone_redundant.not_applicable) == 0 with input as _in(["1", "2"]) with data.parameters as _two
}

test_ignores_what_needs_no_zone if count(application_gateway_zone_redundant.not_applicable) == 1 with input as _in([]) with data.parameters as {"network_zones_min": 0}

test_missing_location_is_left_to_the_engine if count(application_gateway_zone_redundant.deny) == 0 with input as {"resource": {"zones": []}} with data.parameters as _two
