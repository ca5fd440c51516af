package lib.resilience_test

import data.lib.resilience

standby := resilience.way("postgresql", "zone redundant", 0)

restore := resilience.way("postgresql", "restore", 0)

geo := resilience.way("postgresql", "geo restore", 0)

copy := resilience.way("postgresql", "regional failover", 0)

test_every_figure_has_a_page if {
	every _, rungs in resilience.figures {
		every _, figure in rungs {
			startswith(figure.source, "https://learn.microsoft.com/")
		}
	}
}

test_way_carries_figures_without_page if standby == {"rung": "zone redundant", "rto_minutes": 2, "rpo_minutes": 0}

test_measured_time_replaces_the_published_one if {
	resilience.way("postgresql", "restore", 25) == {"rung": "restore", "rto_minutes": 25, "rpo_minutes": 5}
}

test_losing_sets_the_data_loss if {
	resilience.losing(resilience.way("cosmos", "regional failover", 0), 15).rpo_minutes == 15
}

test_rungs_of_a_zone if {
	resilience.rung("zone", {standby, geo}) == "zone redundant"
	resilience.rung("zone", {restore, geo}) == "single zone"
	resilience.rung("zone", set()) == "single zone"
}

test_rungs_of_a_region if {
	resilience.rung("region", {geo, copy}) == "regional failover"
	resilience.rung("region", {geo}) == "geo restore"
	resilience.rung("region", {restore}) == "single region"
	resilience.rung("region", {copy, resilience.way("cosmos", "active-active", 0)}) == "active-active"
}

test_met_by_one_way if {
	resilience.met({standby, geo}, 2, 0)
	not resilience.met({standby}, 1, 0)
	not resilience.met({copy}, 60, 4)
	resilience.met({copy}, 60, 5)
	not resilience.met(set(), 60, 60)
}

test_missed_when_no_way_can if {
	resilience.missed({geo}, 60, 60)
	resilience.missed({geo, restore}, 2, 60)
	resilience.missed(set(), 10000, 10000)
	resilience.missed({standby}, 1, 0)
	not resilience.missed({standby}, 2, 0)
	not resilience.missed({geo}, 61, 60)
	not resilience.missed({standby, geo}, 2, 0)
}

test_data_loss_alone_misses if {
	resilience.missed({restore}, 1000, 4)
	not resilience.missed({restore}, 1000, 5)
}

test_missed_needs_objectives if {
	not resilience.missed(set(), null, 0)
	not resilience.missed(set(), 0, null)
	not resilience.missed(set(), "4h", 0)
}

test_told if {
	resilience.told(set()) == "nothing"
	resilience.told({standby}) == "zone redundant (time 2 min, data loss 0 min)"
	resilience.told({restore, geo}) == "geo restore (time over 60 min, data loss 60 min); restore (time 2 to 720 min, data loss 5 min)"
	resilience.told({resilience.way("cosmos", "active-active", 0)}) == "active-active (time 0 min, data loss not published)"
	resilience.told({{"rung": "x"}}) == "x (time not published, data loss not published)"
}

test_finding_names_rung_and_figures if {
	f := resilience.finding("zone", {restore}, 2, 0, "resource.x")
	f.message == "single zone: back after the loss of a zone by restore (time 2 to 720 min, data loss 5 min), typical and no service level; declared 2 min, data loss 0 min"
	f.path == "resource.x"
	f.actual == "restore (time 2 to 720 min, data loss 5 min)"
	f.expected == "back within 2 min, at most 0 min of data lost"
}

test_undeclared_objectives if {
	resilience.undecided("zone", {standby}, null, 0) == {"rto_minutes is not declared in whole minutes"}
	count(resilience.undecided("zone", {standby}, null, "soon")) == 2
}

test_open_until_measured if {
	resilience.undecided("zone", {restore}, 60, 5) == {"single zone: back after the loss of a zone by restore (time 2 to 720 min, data loss 5 min), typical and no service level; whether that keeps 60 min and 5 min of loss has to be measured"}
	count(resilience.undecided("zone", {resilience.way("postgresql", "restore", 45)}, 60, 5)) == 0
}

test_decided_is_not_open if {
	count(resilience.undecided("zone", {standby}, 2, 0)) == 0
	count(resilience.undecided("zone", {restore}, 2, 0)) == 0
}

test_cosmos_loses_by_consistency if {
	resilience.cosmos_loss("Strong", 5) == 0
	resilience.cosmos_loss("session", 5) == 15
	resilience.cosmos_loss("ConsistentPrefix", 5) == 15
	resilience.cosmos_loss("Eventual", 5) == 15
	resilience.cosmos_loss("BoundedStaleness", 5) == 5
	resilience.cosmos_loss("BoundedStaleness", 601) == 11
	not resilience.cosmos_loss("Causal", 5)
}

test_storage_copies if {
	resilience.storage("Standard_LRS") == {"zones": false, "regions": false}
	resilience.storage("Standard_RAGZRS") == {"zones": true, "regions": true}
	not resilience.storage("Standard_XRS")
}

test_nothing_brings_it_back if {
	resilience.finding("region", set(), 60, 5, "resource.x").message == "single region: nothing brings it back after the loss of a region; declared 60 min, data loss 5 min"
}

test_fault_of_the_server if {
	resilience.finding("server", {restore}, 60, 4, "resource.x").message == "backups only: back after a fault of the server by restore (time 2 to 720 min, data loss 5 min), typical and no service level; declared 60 min, data loss 4 min"
}
