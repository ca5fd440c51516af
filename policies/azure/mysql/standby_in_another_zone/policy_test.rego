package azure.mysql.standby_in_another_zone_test

import data.azure.mysql.standby_in_another_zone

_server(mode, zone, standby) := {"resource": {"properties": {
	"availabilityZone": zone,
	"highAvailability": {"mode": mode, "standbyAvailabilityZone": standby},
}}}

test_passes_two_zones if {
	count(standby_in_another_zone.deny) == 0 with input as _server("ZONEREDUNDANT", "1", "2")
	count(standby_in_another_zone.unknown) == 0 with input as _server("ZONEREDUNDANT", "1", "2")
	count(standby_in_another_zone.not_applicable) == 0 with input as _server("ZONEREDUNDANT", "1", "2")
}

test_denies_one_zone if {
	count(standby_in_another_zone.deny) == 1 with input as _server("zoneredundant", "3", "3")
	some finding in standby_in_another_zone.deny with input as _server("ZoneRedundant", "3", "3")
	finding.message
	finding.path == "resource.properties.highAvailability.standbyAvailabilityZone"
	finding.actual == "3"
	finding.expected == "another zone than 3"
	count(standby_in_another_zone.unknown) == 0 with input as _server("ZoneRedundant", "3", "3")
}

test_not_applicable_without_a_standby_in_another_zone if {
	every mode in ["Disabled", "SAMEZONE"] {
		count(standby_in_another_zone.not_applicable) == 1 with input as _server(mode, "1", "1")
		count(standby_in_another_zone.deny) == 0 with input as _server(mode, "1", "1")
		count(standby_in_another_zone.unknown) == 0 with input as _server(mode, "1", "1")
	}
}

test_missing_mode_is_disabled if {
	count(standby_in_another_zone.not_applicable) == 1 with input as {"resource": {"properties": {}}}
	count(standby_in_another_zone.unknown) == 0 with input as {"resource": {"properties": {}}}
}

test_empty_zone_is_unknown if {
	count(standby_in_another_zone.unknown) == 1 with input as _server("ZoneRedundant", "1", "")
	count(standby_in_another_zone.unknown) == 1 with input as _server("ZoneRedundant", "", "1")
	count(standby_in_another_zone.unknown) == 2 with input as _server("ZoneRedundant", "", "")
	count(standby_in_another_zone.deny) == 0 with input as _server("ZoneRedundant", "", "")
}

# The engine answers unknown for a required read that is absent.
test_says_nothing_about_a_missing_zone if {
	server := {"resource": {"properties": {"availabilityZone": "1", "highAvailability": {"mode": "ZoneRedundant"}}}}
	count(standby_in_another_zone.deny) == 0 with input as server
	count(standby_in_another_zone.unknown) == 0 with input as server
}

test_other_mode_is_unknown if {
	count(standby_in_another_zone.unknown) == 1 with input as _server("RegionRedundant", "1", "1")
	count(standby_in_another_zone.deny) == 0 with input as _server("RegionRedundant", "1", "1")
}
