package azure.storage.log_container_immutable_test

import data.azure.storage.log_container_immutable

_container(name, properties) := {"resource": {"name": name, "properties": properties}}

_limits := {"log_container_prefixes": ["insights-logs-", "$logs"], "log_immutability_days_min": 90, "log_version_immutability_accepted": false}

_held(days) := {"immutabilityPolicy": {"properties": {"immutabilityPeriodSinceCreationInDays": days}}}

_verdict(container) := [count(denied), count(unclear), count(aside)] if {
	denied := log_container_immutable.deny with input as container with data.parameters as _limits
	unclear := log_container_immutable.unknown with input as container with data.parameters as _limits
	aside := log_container_immutable.not_applicable with input as container with data.parameters as _limits
}

test_denies_no_policy if {
	some finding in log_container_immutable.deny with input as _container("$logs", {}) with data.parameters as _limits
	finding.message == "logs in the container are immutable for 0 days"
	finding.path == "resource.properties.immutabilityPolicy.properties.immutabilityPeriodSinceCreationInDays"
	finding.actual == 0
	finding.expected == "at least 90 days"
}

test_denies_a_short_policy if _verdict(_container("Insights-Logs-auditevent", _held(89))) == [1, 0, 0]

test_the_bound_passes if _verdict(_container("insights-logs-auditevent", _held(90))) == [0, 0, 0]

test_other_containers_are_left_out if _verdict(_container("payments", {})) == [0, 0, 1]

test_versions_without_a_policy_are_unknown if {
	_verdict(_container("insights-logs-auditevent", {"immutableStorageWithVersioning": {"enabled": true}})) == [0, 1, 0]
	_verdict(_container("insights-logs-auditevent", {"immutableStorageWithVersioning": {"enabled": false}})) == [1, 0, 0]
}

test_versions_may_be_accepted if {
	container := _container("insights-logs-auditevent", {"immutableStorageWithVersioning": {"enabled": true}})
	accepted := object.union(_limits, {"log_version_immutability_accepted": true})
	count(log_container_immutable.unknown) == 0 with input as container with data.parameters as accepted
	count(log_container_immutable.deny) == 0 with input as container with data.parameters as accepted
}

test_versions_with_a_policy_pass if {
	_verdict(_container("insights-logs-auditevent", object.union(_held(90), {"immutableStorageWithVersioning": {"enabled": true}}))) == [0, 0, 0]
}
