package lib.pools_test

import data.lib.pools

test_flag_on if pools.flag({"enableFIPS": true}, "enableFIPS") == true

test_flag_off if pools.flag({"enableFIPS": false}, "enableFIPS") == false

test_flag_left_out_is_off if {
	pools.flag({}, "enableFIPS") == false
	pools.flag({"enableFIPS": null}, "enableFIPS") == false
}

test_text_is_no_flag if {
	count({value | value := pools.flag({"enableFIPS": "true"}, "enableFIPS")}) == 0
	not pools.is_flag({"enableFIPS": "true"}, "enableFIPS")
}

test_switches_are_flags if {
	every pool in [{}, {"enableFIPS": null}, {"enableFIPS": false}, {"enableFIPS": true}] {
		pools.is_flag(pool, "enableFIPS")
	}
}

test_zones_are_counted_once if pools.zones(["1", "2", "2"]) == 2

test_no_zones if {
	pools.zones(null) == 0
	pools.zones([]) == 0
}

test_other_types_are_no_zones if {
	not pools.zones("1")
	not pools.zones([1, 2])
}

test_name if pools.name({"name": "system"}) == "system"

test_without_name if pools.name({}) == "without a name"
