package azure.storage.zone_failure_objective_met_test

import data.azure.storage.zone_failure_objective_met

account(sku, rto, rpo) := {"resource": {"sku": {"name": sku}}, "context": {"rto_minutes": rto, "rpo_minutes": rpo}}

unmeasured := {"failover_time_measured_minutes": 0}

told(sku, rto, rpo) := finding.actual if {
	some finding in zone_failure_objective_met.deny with input as account(sku, rto, rpo) with data.parameters as unmeasured
	finding.path == "resource.sku.name"
	contains(finding.message, "after the loss of a zone")
	count(zone_failure_objective_met.unknown) == 0 with input as account(sku, rto, rpo) with data.parameters as unmeasured
}

test_denies_what_the_copies_cannot_keep if {
	told("Standard_LRS", 600, 600) == "nothing"
	told("standard_grs", 600, 0) == "regional failover (time 1 to 60 min, data loss 15 min)"
	told("Standard_GZRS", 0, 0) == "regional failover (time 1 to 60 min, data loss 15 min); zone redundant (time 1 min, data loss 0 min)"
	told("Premium_ZRS", 0, 0) == "zone redundant (time 1 min, data loss 0 min)"
}

test_message_names_the_rung if {
	some finding in zone_failure_objective_met.deny with input as account("Standard_LRS", 60, 0) with data.parameters as unmeasured
	startswith(finding.message, "single zone: ")
}

test_passes_what_they_keep if {
	count(zone_failure_objective_met.deny) == 0 with input as account("Standard_ZRS", 1, 0) with data.parameters as unmeasured
	count(zone_failure_objective_met.unknown) == 0 with input as account("Standard_ZRS", 1, 0) with data.parameters as unmeasured
}

test_short_failover_has_to_be_measured if {
	count(zone_failure_objective_met.unknown) == 1 with input as account("Standard_RAGRS", 30, 15) with data.parameters as unmeasured
	count(zone_failure_objective_met.deny) == 0 with input as account("Standard_RAGRS", 30, 15) with data.parameters as unmeasured
	measured := object.union(unmeasured, {"failover_time_measured_minutes": 20})
	count(zone_failure_objective_met.unknown) == 0 with input as account("Standard_RAGRS", 30, 15) with data.parameters as measured
	count(zone_failure_objective_met.deny) == 0 with input as account("Standard_RAGRS", 30, 15) with data.parameters as measured
}

test_undeclared_objectives_are_unknown if {
	bare := {"resource": {"sku": {"name": "Standard_LRS"}}}
	count(zone_failure_objective_met.unknown) == 2 with input as bare with data.parameters as unmeasured
	count(zone_failure_objective_met.deny) == 0 with input as bare with data.parameters as unmeasured
}

test_new_sku_is_unknown if {
	zone_failure_objective_met.unknown == {"the SKU \"Standard_XRS\" is not known"} with input as account("Standard_XRS", 1, 0) with data.parameters as unmeasured
	count(zone_failure_objective_met.deny) == 0 with input as account("Standard_XRS", 1, 0) with data.parameters as unmeasured
}
