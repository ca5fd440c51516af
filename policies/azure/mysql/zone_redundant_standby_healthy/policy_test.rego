package azure.mysql.zone_redundant_standby_healthy_test

import data.azure.mysql.zone_redundant_standby_healthy

_server(mode, state) := {"resource": {"properties": {"highAvailability": {"mode": mode, "state": state}}}}

test_passes_a_healthy_standby if {
	count(zone_redundant_standby_healthy.deny) == 0 with input as _server("ZONEREDUNDANT", "HEALTHY")
	count(zone_redundant_standby_healthy.unknown) == 0 with input as _server("ZONEREDUNDANT", "HEALTHY")
	count(zone_redundant_standby_healthy.not_applicable) == 0 with input as _server("ZONEREDUNDANT", "HEALTHY")
}

test_denies_every_other_state if {
	every state in ["NotEnabled", "CreatingStandby", "FailingOver", "RemovingStandby", "FAILINGOVER"] {
		count(zone_redundant_standby_healthy.deny) == 1 with input as _server("zoneredundant", state)
		count(zone_redundant_standby_healthy.unknown) == 0 with input as _server("zoneredundant", state)
	}
	some finding in zone_redundant_standby_healthy.deny with input as _server("ZoneRedundant", "FailingOver")
	finding.message
	finding.path == "resource.properties.highAvailability.state"
	finding.actual == "FailingOver"
	finding.expected == "Healthy"
}

test_not_applicable_without_a_standby_in_another_zone if {
	every mode in ["Disabled", "SAMEZONE"] {
		count(zone_redundant_standby_healthy.not_applicable) == 1 with input as _server(mode, "NotEnabled")
		count(zone_redundant_standby_healthy.deny) == 0 with input as _server(mode, "NotEnabled")
		count(zone_redundant_standby_healthy.unknown) == 0 with input as _server(mode, "NotEnabled")
	}
}

test_missing_mode_is_disabled if {
	count(zone_redundant_standby_healthy.not_applicable) == 1 with input as {"resource": {"properties": {}}}
	count(zone_redundant_standby_healthy.unknown) == 0 with input as {"resource": {"properties": {}}}
}

# The engine answers unknown for a required read that is absent.
test_says_nothing_about_a_missing_state if {
	server := {"resource": {"properties": {"highAvailability": {"mode": "ZoneRedundant"}}}}
	count(zone_redundant_standby_healthy.deny) == 0 with input as server
	count(zone_redundant_standby_healthy.unknown) == 0 with input as server
}

test_other_state_is_unknown if {
	count(zone_redundant_standby_healthy.unknown) == 1 with input as _server("ZoneRedundant", "Degraded")
	count(zone_redundant_standby_healthy.deny) == 0 with input as _server("ZoneRedundant", "Degraded")
}

test_other_mode_is_unknown if {
	count(zone_redundant_standby_healthy.unknown) == 1 with input as _server("RegionRedundant", "FailingOver")
	count(zone_redundant_standby_healthy.deny) == 0 with input as _server("RegionRedundant", "FailingOver")
}
