package azure.sql.zone_redundant_test

import data.azure.sql.zone_redundant

_database(value) := {"resource": {"properties": {"zoneRedundant": value}, "name": "ledger"}}

test_denies_false if {
	some finding in zone_redundant.deny with input as _database(false) with data.parameters as {"zone_redundancy_required": true}
	finding.path == "resource.properties.zoneRedundant"
	finding.actual == false
	finding.expected == true
}

test_passes_true if {
	count(zone_redundant.deny) == 0 with input as _database(true) with data.parameters as {"zone_redundancy_required": true}
	count(zone_redundant.not_applicable) == 0 with input as _database(true) with data.parameters as {"zone_redundancy_required": true}
}

test_ignores_what_needs_no_zones if {
	some reason in zone_redundant.not_applicable with input as {"resource": {"properties": {"zoneRedundant": false}, "name": "ledger"}} with data.parameters as {"zone_redundancy_required": false}
	reason == "zone redundancy is not required of this database"
}

test_ignores_the_system_database if {
	some reason in zone_redundant.not_applicable with input as {"resource": {"properties": {"zoneRedundant": false}, "name": "Master"}} with data.parameters as {"zone_redundancy_required": true}
	reason == "the system database belongs to Azure"
}
