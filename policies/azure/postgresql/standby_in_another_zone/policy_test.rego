package azure.postgresql.standby_in_another_zone_test

import data.azure.postgresql.standby_in_another_zone

server(mode, primary, standby) := {"resource": {"properties": {
	"availabilityZone": primary,
	"highAvailability": {"mode": mode, "standbyAvailabilityZone": standby},
}}}

test_denies_one_zone_for_both if {
	some f in standby_in_another_zone.deny with input as server("ZoneRedundant", "1", "1")
	f.path == "resource.properties.highAvailability.standbyAvailabilityZone"
	f.actual == "1"
	f.expected == "another zone than 1"
	f.message == "primary and standby both run in zone 1"
}

test_passes_two_zones if {
	count(standby_in_another_zone.deny) == 0 with input as server("zoneredundant", "2", "1")
	count(standby_in_another_zone.unknown) == 0 with input as server("zoneredundant", "2", "1")
	count(standby_in_another_zone.not_applicable) == 0 with input as server("zoneredundant", "2", "1")
}

test_missing_zones_do_not_fail if {
	bare := {"resource": {"properties": {"highAvailability": {"mode": "ZoneRedundant"}}}}
	count(standby_in_another_zone.deny) == 0 with input as bare
	count(standby_in_another_zone.not_applicable) == 0 with input as bare
}

test_empty_zones_are_unknown if {
	standby_in_another_zone.unknown == {"the zone of the primary is empty"} with input as server("ZoneRedundant", "", "2")
	standby_in_another_zone.unknown == {"the zone of the standby is empty"} with input as server("ZoneRedundant", "1", "")
	count(standby_in_another_zone.deny) == 0 with input as server("ZoneRedundant", "", "")
}

test_without_standby_is_not_judged if {
	some reason in standby_in_another_zone.not_applicable with input as server("Disabled", "1", "")
	reason == "high availability is Disabled: there is no zone-redundant standby to judge"
}

test_same_zone_is_not_judged if {
	count(standby_in_another_zone.not_applicable) == 1 with input as server("samezone", "1", "1")
	count(standby_in_another_zone.unknown) == 0 with input as server("samezone", "1", "1")
}

test_disabled_mode_is_known if {
	count(standby_in_another_zone.unknown) == 0 with input as server("disabled", "1", "2")
}

test_missing_mode_is_disabled if {
	some reason in standby_in_another_zone.not_applicable with input as {"resource": {"properties": {}}}
	reason == "high availability is Disabled: there is no zone-redundant standby to judge"
}

test_new_mode_is_unknown if {
	standby_in_another_zone.unknown == {"the high availability mode \"RegionRedundant\" is not known"} with input as server("RegionRedundant", "1", "2")
	count(standby_in_another_zone.not_applicable) == 0 with input as server("RegionRedundant", "1", "2")
}
