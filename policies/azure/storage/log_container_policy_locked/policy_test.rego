package azure.storage.log_container_policy_locked_test

import data.azure.storage.log_container_policy_locked

_container(name, state) := {"resource": {"name": name, "properties": {"hasImmutabilityPolicy": true, "immutabilityPolicy": {"properties": {"state": state}}}}}

_limits(least) := {"log_container_prefixes": ["insights-logs-"], "log_immutability_min": least}

_verdict(container, least) := [count(denied), count(unclear), count(aside)] if {
	denied := log_container_policy_locked.deny with input as container with data.parameters as _limits(least)
	unclear := log_container_policy_locked.unknown with input as container with data.parameters as _limits(least)
	aside := log_container_policy_locked.not_applicable with input as container with data.parameters as _limits(least)
}

_name := "insights-logs-auditevent"

test_denies_an_unlocked_policy if {
	some finding in log_container_policy_locked.deny with input as _container(_name, "Unlocked") with data.parameters as _limits("locked")
	finding.path == "resource.properties.immutabilityPolicy.properties.state"
	finding.actual == "Unlocked"
	finding.expected == "Locked"
}

test_lock_passes if {
	_verdict(_container(_name, "LOCKED"), "locked") == [0, 0, 0]
	_verdict(_container(_name, "locked"), "unlocked") == [0, 0, 0]
}

test_unlocked_may_be_enough if _verdict(_container(_name, "Unlocked"), "unlocked") == [0, 0, 0]

test_other_state_is_unknown if _verdict(_container(_name, "Melted"), "locked") == [0, 1, 0]

test_no_state_is_unknown if _verdict({"resource": {"name": _name, "properties": {"hasImmutabilityPolicy": true}}}, "locked") == [0, 1, 0]

test_no_policy_is_left_out if {
	container := {"resource": {"name": _name, "properties": {"hasImmutabilityPolicy": false}}}
	_verdict(container, "locked") == [0, 1, 1]
}

test_other_containers_are_left_out if _verdict(_container("payments", "Locked"), "locked") == [0, 0, 1]
