package azure.sql.zone_failure_objective_met_test

import data.azure.sql.zone_failure_objective_met

database(zones, redundancy, rto, rpo) := {
	"resource": {"name": "ledger", "properties": {"zoneRedundant": zones, "requestedBackupStorageRedundancy": redundancy}},
	"context": {"rto_minutes": rto, "rpo_minutes": rpo},
}

unmeasured := {"restore_time_measured_minutes": 0, "geo_restore_time_measured_minutes": 0}

told(redundancy) := finding.actual if {
	some finding in zone_failure_objective_met.deny with input as database(false, redundancy, 2, 0) with data.parameters as unmeasured
	finding.path == "resource.properties.zoneRedundant"
	finding.expected == "back within 2 min, at most 0 min of data lost"
	startswith(finding.message, "single zone: ")
	count(zone_failure_objective_met.unknown) == 0 with input as database(false, redundancy, 2, 0) with data.parameters as unmeasured
}

test_denies_one_zone if {
	told("local") == "nothing"
	told("Zone") == "restore (time 2 to 720 min, data loss 10 min)"
	told("Geo") == "geo restore (time 60 to 720 min, data loss 60 min)"
	told("GeoZone") == "geo restore (time 60 to 720 min, data loss 60 min); restore (time 2 to 720 min, data loss 10 min)"
}

test_passes_zone_redundancy if {
	count(zone_failure_objective_met.deny) == 0 with input as database(true, "Local", 1, 0) with data.parameters as unmeasured
	count(zone_failure_objective_met.unknown) == 0 with input as database(true, "Local", 1, 0) with data.parameters as unmeasured
	count(zone_failure_objective_met.not_applicable) == 0 with input as database(true, "Local", 1, 0) with data.parameters as unmeasured
}

test_zone_redundancy_is_not_instant if {
	some finding in zone_failure_objective_met.deny with input as database(true, "Local", 0, 0) with data.parameters as unmeasured
	startswith(finding.message, "zone redundant: ")
}

test_restore_has_to_be_measured if {
	count(zone_failure_objective_met.unknown) == 1 with input as database(false, "Zone", 60, 10) with data.parameters as unmeasured
	count(zone_failure_objective_met.deny) == 0 with input as database(false, "Zone", 60, 10) with data.parameters as unmeasured
	measured := object.union(unmeasured, {"restore_time_measured_minutes": 45})
	count(zone_failure_objective_met.unknown) == 0 with input as database(false, "Zone", 60, 10) with data.parameters as measured
	count(zone_failure_objective_met.deny) == 0 with input as database(false, "Zone", 60, 10) with data.parameters as measured
}

test_geo_restore_has_to_be_measured if {
	count(zone_failure_objective_met.unknown) == 1 with input as database(false, "Geo", 240, 60) with data.parameters as unmeasured
	measured := object.union(unmeasured, {"geo_restore_time_measured_minutes": 180})
	count(zone_failure_objective_met.unknown) == 0 with input as database(false, "Geo", 240, 60) with data.parameters as measured
	count(zone_failure_objective_met.deny) == 0 with input as database(false, "Geo", 240, 60) with data.parameters as measured
}

test_missing_redundancy_is_geo if {
	bare := {"resource": {"name": "ledger", "properties": {"zoneRedundant": false}}, "context": {"rto_minutes": 2, "rpo_minutes": 0}}
	some finding in zone_failure_objective_met.deny with input as bare with data.parameters as unmeasured
	finding.actual == "geo restore (time 60 to 720 min, data loss 60 min)"
}

test_undeclared_objectives_are_unknown if {
	bare := object.remove(database(false, "Local", 1, 0), ["context"])
	count(zone_failure_objective_met.unknown) == 2 with input as bare with data.parameters as unmeasured
	count(zone_failure_objective_met.deny) == 0 with input as bare with data.parameters as unmeasured
}

test_new_redundancy_is_unknown if {
	zone_failure_objective_met.unknown == {"requestedBackupStorageRedundancy is \"Orbit\", which this policy does not know"} with input as database(false, "Orbit", 2, 0) with data.parameters as unmeasured
	count(zone_failure_objective_met.deny) == 0 with input as database(false, "Orbit", 2, 0) with data.parameters as unmeasured
}

test_unsaid_zones_are_left_to_the_engine if {
	bare := {"resource": {"name": "ledger", "properties": {"requestedBackupStorageRedundancy": "Local"}}, "context": {"rto_minutes": 2, "rpo_minutes": 0}}
	count(zone_failure_objective_met.deny) == 0 with input as bare with data.parameters as unmeasured
}

test_master_is_not_judged if {
	system := object.union(database(false, "Geo", 2, 0), {"resource": {"name": "Master"}})
	zone_failure_objective_met.not_applicable == {"the system database belongs to Azure"} with input as system with data.parameters as unmeasured
}
