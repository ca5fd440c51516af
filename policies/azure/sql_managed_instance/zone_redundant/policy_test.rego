package azure.sql_managed_instance.zone_redundant_test

import data.azure.sql_managed_instance.zone_redundant

_instance(value) := {"resource": {"properties": {"zoneRedundant": value}}}

test_denies_false if {
	some finding in zone_redundant.deny with input as _instance(false) with data.parameters as {"zone_redundancy_required": true}
	finding.path == "resource.properties.zoneRedundant"
	finding.actual == false
	finding.expected == true
}

test_passes_true if {
	count(zone_redundant.deny) == 0 with input as _instance(true) with data.parameters as {"zone_redundancy_required": true}
	count(zone_redundant.not_applicable) == 0 with input as _instance(true) with data.parameters as {"zone_redundancy_required": true}
}

test_missing_setting_is_false if {
	some finding in zone_redundant.deny with input as {"resource": {"properties": {}}} with data.parameters as {"zone_redundancy_required": true}
	finding.actual == false
}

test_ignores_what_needs_no_zones if {
	some reason in zone_redundant.not_applicable with input as {"resource": {"properties": {"zoneRedundant": false}}} with data.parameters as {"zone_redundancy_required": false}
	reason == "zone redundancy is not required of this instance"
}
