package azure.service_bus.zone_redundant_test

import data.azure.service_bus.zone_redundant

_namespace(value) := {"resource": {"properties": {"zoneRedundant": value}}}

_required := {"zone_redundancy_required": true}

test_denies_false if {
	some finding in zone_redundant.deny with input as _namespace(false) with data.parameters as _required
	finding.path == "resource.properties.zoneRedundant"
	finding.actual == false
	finding.expected == true
}

test_passes_true if {
	count(zone_redundant.deny) == 0 with input as _namespace(true) with data.parameters as _required
	count(zone_redundant.not_applicable) == 0 with input as _namespace(true) with data.parameters as _required
}

# The engine answers unknown for a required read that is absent.
test_says_nothing_about_a_missing_property if count(zone_redundant.deny) == 0 with input as {"resource": {"properties": {}}}

test_not_required_is_not_judged if {
	zone_redundant.not_applicable == {"zone redundancy is not required of this namespace"} with input as _namespace(false) with data.parameters as {"zone_redundancy_required": false}
}
