package azure.sql.failover_group_in_another_region_test

import data.azure.sql.failover_group_in_another_region

database(name, partners) := {
	"resource": {"name": name, "location": "West Europe"},
	"related": {"failover_groups": {sprintf("/group/%d", [i]): {"properties": {"partnerServers": list}} | some i, list in partners}},
}

required := {"regional_copy_required": true}

test_denies_a_database_in_no_group if {
	some f in failover_group_in_another_region.deny with input as database("ledger", []) with data.parameters as required
	f.path == "related.failover_groups.*.properties.partnerServers"
	f.actual == 0
	f.expected == "a failover group with a partner in another region"
	count(failover_group_in_another_region.unknown) == 0 with input as database("ledger", []) with data.parameters as required
}

test_denies_a_partner_in_the_same_region if {
	some f in failover_group_in_another_region.deny with input as database("ledger", [[{"location": "westeurope"}], []]) with data.parameters as required
	f.actual == 2
}

test_passes_a_partner_elsewhere if {
	good := database("ledger", [[{"location": "westeurope"}, {"location": "North Europe"}]])
	count(failover_group_in_another_region.deny) == 0 with input as good with data.parameters as required
	count(failover_group_in_another_region.unknown) == 0 with input as good with data.parameters as required
	count(failover_group_in_another_region.not_applicable) == 0 with input as good with data.parameters as required
}

test_partner_without_region_is_unknown if {
	every partner in [{"id": "/server"}, {}] {
		failover_group_in_another_region.unknown == {"a partner server of the failover group does not say where it is"} with input as database("ledger", [[partner]]) with data.parameters as required
		count(failover_group_in_another_region.deny) == 0 with input as database("ledger", [[partner]]) with data.parameters as required
	}
}

test_not_required_is_not_judged if {
	failover_group_in_another_region.not_applicable == {"a copy in another region is not required of this database"} with input as database("ledger", []) with data.parameters as {"regional_copy_required": false}
}

test_master_is_not_judged if {
	failover_group_in_another_region.not_applicable == {"the system database belongs to Azure"} with input as database("Master", []) with data.parameters as required
}
