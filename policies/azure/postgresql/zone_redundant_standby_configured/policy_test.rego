package azure.postgresql.zone_redundant_standby_configured_test

import data.azure.postgresql.zone_redundant_standby_configured

server(mode, role) := {"resource": {"properties": {"highAvailability": {"mode": mode}, "replicationRole": role}}}

required := {"zone_redundancy_required": true}

test_denies_disabled if {
	some f in zone_redundant_standby_configured.deny with input as server("disabled", "Primary") with data.parameters as required
	f.path == "resource.properties.highAvailability.mode"
	f.actual == "disabled"
	f.expected == "ZoneRedundant"
	count(zone_redundant_standby_configured.unknown) == 0 with input as server("disabled", "Primary") with data.parameters as required
}

test_denies_a_standby_in_the_same_zone if {
	some f in zone_redundant_standby_configured.deny with input as server("SameZone", "Primary") with data.parameters as required
	f.actual == "SameZone"
	count(zone_redundant_standby_configured.unknown) == 0 with input as server("SameZone", "Primary") with data.parameters as required
}

test_passes_zone_redundant if {
	count(zone_redundant_standby_configured.deny) == 0 with input as server("zoneredundant", "None") with data.parameters as required
	count(zone_redundant_standby_configured.unknown) == 0 with input as server("zoneredundant", "None") with data.parameters as required
	count(zone_redundant_standby_configured.not_applicable) == 0 with input as server("zoneredundant", "None") with data.parameters as required
}

test_missing_mode_is_disabled if {
	bare := {"resource": {"properties": {"replicationRole": "Primary"}}}
	some f in zone_redundant_standby_configured.deny with input as bare with data.parameters as required
	f.actual == "Disabled"
}

test_not_required_is_not_judged if {
	optional := {"zone_redundancy_required": false}
	some reason in zone_redundant_standby_configured.not_applicable with input as server("Disabled", "Primary") with data.parameters as optional
	reason == "zone redundancy is not required of this server"
}

test_replica_is_not_judged if {
	some reason in zone_redundant_standby_configured.not_applicable with input as server("Disabled", "asyncreplica") with data.parameters as required
	reason == "a read replica cannot have a standby"
}

test_new_mode_is_unknown if {
	zone_redundant_standby_configured.unknown == {"the high availability mode \"RegionRedundant\" is not known"} with input as server("RegionRedundant", "Primary") with data.parameters as required
	count(zone_redundant_standby_configured.deny) == 0 with input as server("RegionRedundant", "Primary") with data.parameters as required
}

test_new_role_is_unknown if {
	zone_redundant_standby_configured.unknown == {"the replication role \"CascadingReplica\" is not known"} with input as server("ZoneRedundant", "CascadingReplica") with data.parameters as required
	count(zone_redundant_standby_configured.not_applicable) == 0 with input as server("ZoneRedundant", "CascadingReplica") with data.parameters as required
}
