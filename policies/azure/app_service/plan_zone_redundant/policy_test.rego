package azure.app_service.plan_zone_redundant_test

import data.azure.app_service.plan_zone_redundant

_resource(value) := {"resource": {"properties": {"zoneRedundant": value}}}

test_denies_off if {
	some finding in plan_zone_redundant.deny with input as _resource(false)
	finding.path == "resource.properties.zoneRedundant"
	finding.actual == false
	finding.expected == true
}

test_passes_on if {
	count(plan_zone_redundant.deny) == 0 with input as _resource(true)
	count(plan_zone_redundant.not_applicable) == 0 with input as _resource(true)
}

test_absent_is_off if {
	some finding in plan_zone_redundant.deny with input as {"resource": {"properties": {}}}
	finding.actual == false
}

test_not_required_is_not_judged if {
	plan_zone_redundant.not_applicable == {"zone redundancy is not required of this plan"} with input as _resource(false) with data.parameters as {"compute_zone_redundancy_required": false}
	count(plan_zone_redundant.not_applicable) == 0 with input as _resource(false) with data.parameters as {"compute_zone_redundancy_required": true}
}
