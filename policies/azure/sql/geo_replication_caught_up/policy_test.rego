package azure.sql.geo_replication_caught_up_test

import data.azure.sql.geo_replication_caught_up

database(links) := {
	"resource": {"location": "West Europe"},
	"children": {"replicationLinks": {sprintf("%d", [i]): {"properties": {"partnerLocation": link[0], "replicationState": link[1]}} | some i, link in links}},
}

test_denies_a_copy_that_does_not_follow if {
	every state in ["pending", "SEEDING", "SUSPENDED"] {
		some f in geo_replication_caught_up.deny with input as database([["North Europe", state]])
		f.path == "children.replicationLinks.*.properties.replicationState"
		f.actual == state
		f.expected == "CATCH_UP"
		count(geo_replication_caught_up.unknown) == 0 with input as database([["North Europe", state]])
	}
}

test_passes_a_copy_that_follows if {
	good := database([["northeurope", "catch_up"], ["westeurope", "SUSPENDED"]])
	count(geo_replication_caught_up.deny) == 0 with input as good
	count(geo_replication_caught_up.unknown) == 0 with input as good
	count(geo_replication_caught_up.not_applicable) == 0 with input as good
}

test_one_bad_copy_is_enough if {
	count(geo_replication_caught_up.deny) == 1 with input as database([["North Europe", "CATCH_UP"], ["France Central", "SUSPENDED"]])
}

test_without_copy_is_not_judged if {
	every links in [[], [["westeurope", "SUSPENDED"]]] {
		geo_replication_caught_up.not_applicable == {"no replication link to another region is known"} with input as database(links)
		count(geo_replication_caught_up.deny) == 0 with input as database(links)
	}
}

test_new_state_is_unknown if {
	geo_replication_caught_up.unknown == {"the replication state \"DREAMING\" is not known"} with input as database([["North Europe", "DREAMING"]])
	count(geo_replication_caught_up.deny) == 0 with input as database([["North Europe", "DREAMING"]])
}
