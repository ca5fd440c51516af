package azure.postgresql.replica_authentication_as_source_test

import data.azure.postgresql.replica_authentication_as_source

auth(password, entra) := {"authConfig": {"passwordAuth": password, "activeDirectoryAuth": entra}}

replica(own, source) := {
	"resource": {"properties": object.union({"replicationRole": "GeoAsyncReplica"}, own)},
	"related": {"source_server": {"properties": source}},
}

test_denies_passwords_that_the_source_refuses if {
	lax := replica(auth("enabled", "Enabled"), auth("disabled", "Enabled"))
	count(replica_authentication_as_source.deny) == 1 with input as lax
	some f in replica_authentication_as_source.deny with input as lax
	f.path == "resource.properties.authConfig.passwordAuth"
	f.actual == "enabled"
	f.expected == "disabled"
	count(replica_authentication_as_source.unknown) == 0 with input as lax
}

test_denies_a_replica_without_entra if {
	lost := replica(auth("Disabled", "disabled"), auth("Disabled", "enabled"))
	count(replica_authentication_as_source.deny) == 1 with input as lost
	some f in replica_authentication_as_source.deny with input as lost
	f.path == "resource.properties.authConfig.activeDirectoryAuth"
	f.actual == "disabled"
	f.expected == "enabled"
}

test_missing_settings_are_the_defaults if {
	count(replica_authentication_as_source.deny) == 2 with input as replica({}, auth("Disabled", "Enabled"))
	count(replica_authentication_as_source.deny) == 0 with input as replica(auth("Enabled", "Disabled"), {})
	count(replica_authentication_as_source.unknown) == 0 with input as replica({}, {})
}

test_passes_the_same_or_stricter if {
	every source in [auth("Disabled", "Enabled"), auth("Enabled", "Disabled"), auth("Enabled", "Enabled")] {
		count(replica_authentication_as_source.deny) == 0 with input as replica(auth("Disabled", "Enabled"), source)
		count(replica_authentication_as_source.unknown) == 0 with input as replica(auth("Disabled", "Enabled"), source)
		count(replica_authentication_as_source.not_applicable) == 0 with input as replica(auth("Disabled", "Enabled"), source)
	}
}

test_writer_is_not_judged if {
	writer := object.union(replica({}, auth("Disabled", "Enabled")), {"resource": {"properties": {"replicationRole": "Primary"}}})
	replica_authentication_as_source.not_applicable == {"the server is no replica"} with input as writer
	count(replica_authentication_as_source.unknown) == 0 with input as writer
}

test_new_values_are_unknown if {
	every pair in [[auth("Maybe", "Enabled"), auth("Enabled", "Enabled")], [auth("Enabled", "Maybe"), auth("Enabled", "Enabled")], [auth("Enabled", "Enabled"), auth("Maybe", "Enabled")], [auth("Enabled", "Enabled"), auth("Enabled", "Maybe")]] {
		replica_authentication_as_source.unknown == {"the setting of authentication \"Maybe\" is not known"} with input as replica(pair[0], pair[1])
	}
	new := object.union(replica(auth("Disabled", "Enabled"), {}), {"resource": {"properties": {"replicationRole": "CascadingReplica"}}})
	replica_authentication_as_source.unknown == {"the replication role \"CascadingReplica\" is not known"} with input as new
}
