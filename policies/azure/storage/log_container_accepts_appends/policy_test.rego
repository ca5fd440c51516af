package azure.storage.log_container_accepts_appends_test

import data.azure.storage.log_container_accepts_appends

_container(name, policy) := {"resource": {"name": name, "properties": {"hasImmutabilityPolicy": true, "immutabilityPolicy": {"properties": policy}}}}

_names := {"log_container_prefixes": ["insights-logs-"]}

_verdict(container) := [count(denied), count(aside)] if {
	denied := log_container_accepts_appends.deny with input as container with data.parameters as _names
	aside := log_container_accepts_appends.not_applicable with input as container with data.parameters as _names
}

_name := "insights-logs-auditevent"

test_denies_a_policy_without_appends if {
	some finding in log_container_accepts_appends.deny with input as _container(_name, {}) with data.parameters as _names
	finding.path == "resource.properties.immutabilityPolicy.properties.allowProtectedAppendWrites"
	finding.actual == false
	finding.expected == true
}

test_either_kind_of_append_passes if {
	_verdict(_container(_name, {"allowProtectedAppendWrites": true})) == [0, 0]
	_verdict(_container(_name, {"allowProtectedAppendWritesAll": true, "allowProtectedAppendWrites": false})) == [0, 0]
	_verdict(_container(_name, {"allowProtectedAppendWritesAll": false, "allowProtectedAppendWrites": false})) == [1, 0]
}

test_other_containers_are_left_out if _verdict(_container("payments", {"allowProtectedAppendWrites": true})) == [0, 1]

test_no_policy_is_left_out if {
	container := {"resource": {"name": _name, "properties": {"hasImmutabilityPolicy": false}}}
	count(log_container_accepts_appends.not_applicable) == 1 with input as container with data.parameters as _names
}
