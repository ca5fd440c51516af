package azure.postgresql.commits_wait_for_standby_test

import data.azure.postgresql.commits_wait_for_standby

_in(commit, mode) := {"resource": {"properties": {"highAvailability": {"mode": mode}}}, "children": {"configurations": {"synchronous_commit": {"properties": {"value": commit}}}}}

test_denies_off_with_and_without_standby if {
	every mode in ["Disabled", "ZoneRedundant", "SameZone"] {
		every commit in ["off", "OFF"] {
			some finding in commits_wait_for_standby.deny with input as _in(commit, mode)
			finding.path == "children.configurations.synchronous_commit.properties.value"
			finding.actual == commit
			finding.expected == "on"
			count(commits_wait_for_standby.unknown) == 0 with input as _in(commit, mode)
		}
	}
}

test_denies_local_with_a_standby if {
	every mode in ["ZoneRedundant", "SameZone", "SAMEZONE"] {
		some finding in commits_wait_for_standby.deny with input as _in("local", mode)
		finding.path == "children.configurations.synchronous_commit.properties.value"
		finding.actual == "local"
		finding.expected == "on"
		count(commits_wait_for_standby.unknown) == 0 with input as _in("local", mode)
	}
	count(commits_wait_for_standby.deny) == 0 with input as _in("local", "Disabled")
	count(commits_wait_for_standby.unknown) == 0 with input as _in("local", "Disabled")
}

test_passes_what_waits if {
	every commit in ["on", "ON", "remote_write", "remote_apply"] {
		count(commits_wait_for_standby.deny) == 0 with input as _in(commit, "ZoneRedundant")
		count(commits_wait_for_standby.unknown) == 0 with input as _in(commit, "ZoneRedundant")
	}
}

test_missing_parameter_is_on if {
	server := {"resource": {"properties": {"highAvailability": {"mode": "ZoneRedundant"}}}}
	count(commits_wait_for_standby.deny) == 0 with input as server
	count(commits_wait_for_standby.unknown) == 0 with input as server
}

test_other_values_are_unknown if {
	count(commits_wait_for_standby.unknown) == 1 with input as _in("quorum", "Disabled")
	count(commits_wait_for_standby.unknown) == 1 with input as _in("on", "TwoZones")
	count(commits_wait_for_standby.deny) == 0 with input as _in("quorum", "ZoneRedundant")
	count(commits_wait_for_standby.deny) == 0 with input as _in("local", "TwoZones")
}
