package azure.sql_managed_instance.failover_group_in_another_region_test

import data.azure.sql_managed_instance.failover_group_in_another_region

instance(groups) := {
	"resource": {"location": "West Europe"},
	"related": {"instance_failover_groups": {sprintf("/group/%d", [i]): {"properties": {"partnerRegions": list}} | some i, list in groups}},
}

required := {"regional_copy_required": true}

test_denies_an_instance_in_no_group if {
	some f in failover_group_in_another_region.deny with input as instance([]) with data.parameters as required
	f.path == "related.instance_failover_groups.*.properties.partnerRegions"
	f.actual == 0
	f.expected == "a failover group with a partner in another region"
	count(failover_group_in_another_region.unknown) == 0 with input as instance([]) with data.parameters as required
}

test_denies_a_partner_in_the_same_region if {
	some f in failover_group_in_another_region.deny with input as instance([[{"location": "westeurope"}]]) with data.parameters as required
	f.actual == 1
}

test_passes_a_partner_elsewhere if {
	good := instance([[{"location": "North Europe"}]])
	count(failover_group_in_another_region.deny) == 0 with input as good with data.parameters as required
	count(failover_group_in_another_region.unknown) == 0 with input as good with data.parameters as required
	count(failover_group_in_another_region.not_applicable) == 0 with input as good with data.parameters as required
}

test_partner_without_region_is_unknown if {
	every list in [[], [{"replicationRole": "Secondary"}], [{"location": "North Europe"}, {}]] {
		failover_group_in_another_region.unknown == {"the failover group does not say in which region its partner is"} with input as instance([list]) with data.parameters as required
		count(failover_group_in_another_region.deny) == 0 with input as instance([list]) with data.parameters as required
	}
	silent := {"resource": {"location": "westeurope"}, "related": {"instance_failover_groups": {"/g": {"properties": {}}}}}
	count(failover_group_in_another_region.unknown) == 1 with input as silent with data.parameters as required
	count(failover_group_in_another_region.deny) == 0 with input as silent with data.parameters as required
}

test_not_required_is_not_judged if {
	failover_group_in_another_region.not_applicable == {"a copy in another region is not required of this instance"} with input as instance([]) with data.parameters as {"regional_copy_required": false}
}
