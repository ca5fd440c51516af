package azure.sql_managed_instance.region_failure_objective_met_test

import data.azure.sql_managed_instance.region_failure_objective_met

unmeasured := {"failover_time_measured_minutes": 0, "geo_restore_time_measured_minutes": 0, "objectives_hold_for_region": true}

database(redundancy, groups, rto, rpo) := {
	"resource": {"location": "westeurope", "properties": {"requestedBackupStorageRedundancy": redundancy}},
	"related": {"instance_failover_groups": {sprintf("/group/%d", [i]): {"properties": {"partnerRegions": list}} | some i, list in groups}},
	"context": {"rto_minutes": rto, "rpo_minutes": rpo},
}

told(redundancy, copies, rto, rpo) := finding.actual if {
	some finding in region_failure_objective_met.deny with input as database(redundancy, copies, rto, rpo) with data.parameters as unmeasured
	finding.path == "related.instance_failover_groups.*.properties.partnerRegions"
	count(region_failure_objective_met.unknown) == 0 with input as database(redundancy, copies, rto, rpo) with data.parameters as unmeasured
}

passes(redundancy, copies, rto, rpo, parameters) if {
	count(region_failure_objective_met.deny) == 0 with input as database(redundancy, copies, rto, rpo) with data.parameters as object.union(unmeasured, parameters)
	count(region_failure_objective_met.unknown) == 0 with input as database(redundancy, copies, rto, rpo) with data.parameters as object.union(unmeasured, parameters)
	count(region_failure_objective_met.not_applicable) == 0 with input as database(redundancy, copies, rto, rpo) with data.parameters as object.union(unmeasured, parameters)
}

test_denies_one_region if {
	every redundancy in ["Local", "zone"] {
		told(redundancy, [], 6000, 6000) == "nothing"
		told(redundancy, [[{"location": "West Europe"}]], 6000, 6000) == "nothing"
	}
}

test_message_names_the_rung if {
	some first in region_failure_objective_met.deny with input as database("Local", [], 60, 5) with data.parameters as unmeasured
	startswith(first.message, "single region: nothing brings it back after the loss of a region")
	some second in region_failure_objective_met.deny with input as database("Geo", [], 60, 5) with data.parameters as unmeasured
	startswith(second.message, "geo restore: ")
}

test_denies_a_restore_within_an_hour if {
	every redundancy in ["Geo", "geozone"] {
		told(redundancy, [], 60, 60) == "geo restore (time 60 to 720 min, data loss 60 min)"
	}
}

test_denies_no_loss_at_all if told("Geo", [[{"location": "North Europe"}]], 1, 0) == "geo restore (time 60 to 720 min, data loss 60 min); regional failover (time 1 min, data loss 1 min)"

test_passes_a_copy_elsewhere if {
	passes("Local", [[{"location": "North Europe"}]], 1, 1, {})
	passes("Local", [[{"location": "North Europe"}]], 20, 1, {"failover_time_measured_minutes": 20})
}

test_measured_failover_counts if {
	slow := object.union(unmeasured, {"failover_time_measured_minutes": 30})
	count(region_failure_objective_met.deny) == 1 with input as database("Local", [[{"location": "North Europe"}]], 20, 1) with data.parameters as slow
}

test_passes_a_geo_restore if {
	passes("Geo", [], 720, 60, {})
	passes("Geo", [], 240, 60, {"geo_restore_time_measured_minutes": 240})
}

test_shorter_restores_have_to_be_measured if {
	count(region_failure_objective_met.deny) == 0 with input as database("Geo", [], 240, 60) with data.parameters as unmeasured
	count(region_failure_objective_met.unknown) == 1 with input as database("Geo", [], 240, 60) with data.parameters as unmeasured
}

test_undeclared_objectives_are_unknown if {
	bare := object.remove(database("Local", [], 1, 1), ["context"])
	count(region_failure_objective_met.unknown) == 2 with input as bare with data.parameters as unmeasured
	count(region_failure_objective_met.deny) == 0 with input as bare with data.parameters as unmeasured
}

test_objectives_for_zones_only_are_not_judged if {
	other := object.union(unmeasured, {"objectives_hold_for_region": false})
	region_failure_objective_met.not_applicable == {"the recovery objectives are not declared for the loss of a region"} with input as database("Local", [], 1, 1) with data.parameters as other
}

test_new_redundancy_is_unknown if {
	region_failure_objective_met.unknown == {"requestedBackupStorageRedundancy is \"Orbit\", which this policy does not know"} with input as database("Orbit", [], 1, 1) with data.parameters as unmeasured
	count(region_failure_objective_met.deny) == 0 with input as database("Orbit", [], 1, 1) with data.parameters as unmeasured
}

test_missing_redundancy_is_geo if {
	bare := {"resource": {"location": "westeurope", "properties": {}}, "related": {"instance_failover_groups": {}}, "context": {"rto_minutes": 60, "rpo_minutes": 60}}
	some finding in region_failure_objective_met.deny with input as bare with data.parameters as unmeasured
	finding.actual == "geo restore (time 60 to 720 min, data loss 60 min)"
}

test_partner_without_region_is_unknown if {
	every list in [[], [{"replicationRole": "Secondary"}], [{"location": "North Europe"}, {}]] {
		region_failure_objective_met.unknown == {"the failover group does not say in which region its partner is"} with input as database("Local", [list], 1, 1) with data.parameters as unmeasured
		count(region_failure_objective_met.deny) == 0 with input as database("Local", [list], 1, 1) with data.parameters as unmeasured
	}
}
