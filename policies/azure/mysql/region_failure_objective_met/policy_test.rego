package azure.mysql.region_failure_objective_met_test

import data.azure.mysql.region_failure_objective_met

unmeasured := {"failover_time_measured_minutes": 0, "geo_restore_time_measured_minutes": 0, "objectives_hold_for_region": true}

server(geo, locations, rto, rpo) := {
	"resource": {"location": "West Europe", "properties": {"backup": {"geoRedundantBackup": geo}, "replicationRole": "None"}},
	"related": {"replicas": {sprintf("/replica/%d", [i]): {"location": location} | some i, location in locations}},
	"context": {"rto_minutes": rto, "rpo_minutes": rpo},
}

told(geo, locations, rto, rpo) := finding.actual if {
	some finding in region_failure_objective_met.deny with input as server(geo, locations, rto, rpo) with data.parameters as unmeasured
	finding.path == "resource.properties.backup.geoRedundantBackup"
	count(region_failure_objective_met.unknown) == 0 with input as server(geo, locations, rto, rpo) with data.parameters as unmeasured
}

passes(geo, locations, rto, rpo, parameters) if {
	count(region_failure_objective_met.deny) == 0 with input as server(geo, locations, rto, rpo) with data.parameters as object.union(unmeasured, parameters)
	count(region_failure_objective_met.unknown) == 0 with input as server(geo, locations, rto, rpo) with data.parameters as object.union(unmeasured, parameters)
	count(region_failure_objective_met.not_applicable) == 0 with input as server(geo, locations, rto, rpo) with data.parameters as object.union(unmeasured, parameters)
}

undecided(geo, locations, rto, rpo) if {
	count(region_failure_objective_met.deny) == 0 with input as server(geo, locations, rto, rpo) with data.parameters as unmeasured
	count(region_failure_objective_met.unknown) == 1 with input as server(geo, locations, rto, rpo) with data.parameters as unmeasured
}

test_denies_a_server_of_one_region if {
	told("Disabled", [], 6000, 6000) == "nothing"
	told("disabled", ["westeurope"], 6000, 6000) == "nothing"
}

test_message_names_the_rung if {
	some first in region_failure_objective_met.deny with input as server("Disabled", [], 60, 5) with data.parameters as unmeasured
	startswith(first.message, "single region: nothing brings it back after the loss of a region")
	some second in region_failure_objective_met.deny with input as server("Enabled", [], 60, 5) with data.parameters as unmeasured
	startswith(second.message, "geo restore: ")
}

test_denies_a_restore_within_an_hour if told("enabled", [], 60, 60) == "geo restore (time over 60 min, data loss 60 min)"

test_denies_less_loss_than_replication_allows if {
	told("Disabled", ["northeurope"], 60, 59) == "regional failover (time 1 to 60 min, data loss 60 min)"
	told("Enabled", ["northeurope"], 60, 59) == "geo restore (time over 60 min, data loss 60 min); regional failover (time 1 to 60 min, data loss 60 min)"
}

test_passes_a_replica_elsewhere if {
	passes("Disabled", ["northeurope"], 60, 60, {})
	passes("Disabled", ["northeurope"], 20, 60, {"failover_time_measured_minutes": 20})
}

test_passes_a_measured_geo_restore if passes("Enabled", [], 240, 60, {"geo_restore_time_measured_minutes": 240})

test_what_is_not_published_has_to_be_measured if {
	undecided("Enabled", [], 240, 60)
	undecided("Disabled", ["northeurope"], 15, 60)
}

test_missing_backup_setting_is_disabled if {
	bare := {"resource": {"location": "westeurope", "properties": {"replicationRole": "None"}}, "related": {"replicas": {}}, "context": {"rto_minutes": 600, "rpo_minutes": 60}}
	count(region_failure_objective_met.deny) == 1 with input as bare with data.parameters as unmeasured
}

test_undeclared_objectives_are_unknown if {
	bare := object.remove(server("Disabled", [], 1, 1), ["context"])
	count(region_failure_objective_met.unknown) == 2 with input as bare with data.parameters as unmeasured
	count(region_failure_objective_met.deny) == 0 with input as bare with data.parameters as unmeasured
}

test_objectives_for_zones_only_are_not_judged if {
	other := object.union(unmeasured, {"objectives_hold_for_region": false})
	region_failure_objective_met.not_applicable == {"the recovery objectives are not declared for the loss of a region"} with input as server("Disabled", [], 1, 1) with data.parameters as other
}

test_replica_is_not_judged if {
	copy := object.union(server("Disabled", [], 1, 1), {"resource": {"properties": {"replicationRole": "Replica"}}})
	region_failure_objective_met.not_applicable == {"a read replica is a way back of its source, and has none of its own"} with input as copy with data.parameters as unmeasured
	count(region_failure_objective_met.unknown) == 0 with input as copy with data.parameters as unmeasured
}

test_new_backup_setting_is_unknown if {
	region_failure_objective_met.unknown == {"the geo-redundant backup setting \"Vaulted\" is not known"} with input as server("Vaulted", [], 1, 1) with data.parameters as unmeasured
	count(region_failure_objective_met.deny) == 0 with input as server("Vaulted", [], 1, 1) with data.parameters as unmeasured
}

test_new_role_is_unknown if {
	new := object.union(server("Disabled", ["northeurope"], 60, 60), {"resource": {"properties": {"replicationRole": "CascadingReplica"}}})
	region_failure_objective_met.unknown == {"the replication role \"CascadingReplica\" is not known"} with input as new with data.parameters as unmeasured
}
