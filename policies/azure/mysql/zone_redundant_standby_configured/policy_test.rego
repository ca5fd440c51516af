package azure.mysql.zone_redundant_standby_configured_test

import data.azure.mysql.zone_redundant_standby_configured

_server(role, mode) := {"resource": {"properties": {"replicationRole": role, "highAvailability": {"mode": mode}}}}

_required := {"zone_redundancy_required": true}

test_passes_a_zone_redundant_standby if {
	every role in ["None", "SOURCE"] {
		count(zone_redundant_standby_configured.deny) == 0 with input as _server(role, "ZONEREDUNDANT") with data.parameters as _required
		count(zone_redundant_standby_configured.unknown) == 0 with input as _server(role, "ZONEREDUNDANT") with data.parameters as _required
		count(zone_redundant_standby_configured.not_applicable) == 0 with input as _server(role, "ZONEREDUNDANT") with data.parameters as _required
	}
}

test_denies_no_standby_and_one_in_the_same_zone if {
	every pair in [["None", "Disabled"], ["Source", "DISABLED"], ["NONE", "SameZone"], ["source", "SAMEZONE"]] {
		count(zone_redundant_standby_configured.deny) == 1 with input as _server(pair[0], pair[1]) with data.parameters as _required
		count(zone_redundant_standby_configured.unknown) == 0 with input as _server(pair[0], pair[1]) with data.parameters as _required
	}
	some finding in zone_redundant_standby_configured.deny with input as _server("None", "SameZone") with data.parameters as _required
	finding.message
	finding.path == "resource.properties.highAvailability.mode"
	finding.actual == "SameZone"
	finding.expected == "ZoneRedundant"
}

test_missing_mode_is_disabled if {
	server := {"resource": {"properties": {"replicationRole": "None"}}}
	count(zone_redundant_standby_configured.deny) == 1 with input as server with data.parameters as _required
	some finding in zone_redundant_standby_configured.deny with input as server with data.parameters as _required
	finding.actual == "Disabled"
}

test_replica_is_not_judged if {
	count(zone_redundant_standby_configured.not_applicable) == 1 with input as _server("REPLICA", "Disabled") with data.parameters as _required
	count(zone_redundant_standby_configured.unknown) == 0 with input as _server("Replica", "Disabled") with data.parameters as _required
}

test_not_applicable_where_not_required if {
	count(zone_redundant_standby_configured.not_applicable) == 1 with input as _server("None", "Disabled") with data.parameters as {"zone_redundancy_required": false}
}

# The engine answers unknown for a required read that is absent, unless the mode alone is a finding.
test_missing_role if {
	count(zone_redundant_standby_configured.deny) == 1 with input as {"resource": {"properties": {}}} with data.parameters as _required
	count(zone_redundant_standby_configured.unknown) == 0 with input as {"resource": {"properties": {}}} with data.parameters as _required
	count(zone_redundant_standby_configured.not_applicable) == 0 with input as {"resource": {"properties": {}}} with data.parameters as _required
}

test_other_role_is_unknown if {
	count(zone_redundant_standby_configured.unknown) == 1 with input as _server("Witness", "ZoneRedundant") with data.parameters as _required
	count(zone_redundant_standby_configured.deny) == 0 with input as _server("Witness", "ZoneRedundant") with data.parameters as _required
}

test_other_mode_is_unknown if {
	count(zone_redundant_standby_configured.unknown) == 1 with input as _server("None", "RegionRedundant") with data.parameters as _required
	count(zone_redundant_standby_configured.deny) == 0 with input as _server("None", "RegionRedundant") with data.parameters as _required
}
