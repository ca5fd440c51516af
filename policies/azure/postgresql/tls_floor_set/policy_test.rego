package azure.postgresql.tls_floor_set_test

import data.azure.postgresql.tls_floor_set

_pair(minimum, maximum) := {"children": {"configurations": {
	"ssl_min_protocol_version": {"properties": {"value": minimum, "isConfigPendingRestart": false}},
	"ssl_max_protocol_version": {"properties": {"value": maximum}},
}}}

_default := {"tls_versions_allowed": ["TLSv1.2", "TLSv1.3"]}

_old := {"tls_versions_allowed": ["TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"]}

_only_12 := {"tls_versions_allowed": ["TLSv1.2"]}

_min_path := "children.configurations.ssl_min_protocol_version.properties.value"

_max_path := "children.configurations.ssl_max_protocol_version.properties.value"

test_passes_the_default if {
	count(tls_floor_set.deny) == 0 with input as _pair("TLSv1.2", "") with data.parameters as _default
	count(tls_floor_set.unknown) == 0 with input as _pair("TLSv1.2", "") with data.parameters as _default
}

test_case_does_not_matter if {
	count(tls_floor_set.deny) == 0 with input as _pair("TLSV1.2", "tlsv1.3") with data.parameters as _default
	count(tls_floor_set.unknown) == 0 with input as _pair("TLSV1.2", "tlsv1.3") with data.parameters as _default
}

test_passes_every_known_version_where_all_are_allowed if {
	every version in ["TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"] {
		count(tls_floor_set.deny) == 0 with input as _pair(version, version) with data.parameters as _old
		count(tls_floor_set.unknown) == 0 with input as _pair(version, version) with data.parameters as _old
		count(tls_floor_set.unknown) == 0 with input as _pair(version, "") with data.parameters as _old
	}
}

test_denies_an_old_minimum if {
	count(tls_floor_set.deny) == 1 with input as _pair("TLSv1.1", "") with data.parameters as _default
	some finding in tls_floor_set.deny with input as _pair("TLSv1.1", "") with data.parameters as _default
	finding.path == _min_path
	finding.actual == "TLSv1.1"
	finding.expected == ["TLSv1.2", "TLSv1.3"]
}

test_denies_the_oldest_minimum_and_what_lies_above_it if {
	paths := {finding.path | some finding in tls_floor_set.deny} with input as _pair("TLSv1", "") with data.parameters as _default
	paths == {_min_path, _max_path}
}

test_strict_floor if {
	strict := {"tls_versions_allowed": ["TLSv1.3"]}
	count(tls_floor_set.deny) == 1 with input as _pair("TLSv1.2", "") with data.parameters as strict
	count(tls_floor_set.deny) == 0 with input as _pair("TLSv1.3", "") with data.parameters as strict
}

test_denies_a_maximum_that_is_not_allowed if {
	count(tls_floor_set.deny) == 1 with input as _pair("TLSv1.2", "TLSv1.1") with data.parameters as _default
	some finding in tls_floor_set.deny with input as _pair("TLSv1.2", "TLSv1.1") with data.parameters as _default
	finding.path == _max_path
	finding.actual == "TLSv1.1"
	finding.expected == ["TLSv1.2", "TLSv1.3"]
}

test_denies_the_oldest_maximum if count(tls_floor_set.deny) == 1 with input as _pair("TLSv1.2", "TLSv1") with data.parameters as _default

test_denies_a_maximum_once if {
	count(tls_floor_set.deny) == 1 with input as _pair("TLSv1.2", "TLSv1.3") with data.parameters as _only_12
}

test_denies_what_an_open_ceiling_lets_in if {
	count(tls_floor_set.deny) == 1 with input as _pair("TLSv1.2", "") with data.parameters as _only_12
	some finding in tls_floor_set.deny with input as _pair("TLSv1.2", "") with data.parameters as _only_12
	finding.path == _max_path
	finding.actual == ""
	finding.expected == ["TLSv1.2"]
}

test_missing_maximum_is_no_ceiling if {
	server := {"children": {"configurations": {"ssl_min_protocol_version": {"properties": {"value": "TLSv1.2", "isConfigPendingRestart": false}}}}}
	count(tls_floor_set.deny) == 1 with input as server with data.parameters as _only_12
	count(tls_floor_set.deny) == 0 with input as server with data.parameters as _default
	count(tls_floor_set.unknown) == 0 with input as server with data.parameters as _default
}

test_ceiling_on_the_only_allowed_version_passes if {
	count(tls_floor_set.deny) == 0 with input as _pair("TLSv1.2", "TLSv1.2") with data.parameters as _only_12
	count(tls_floor_set.unknown) == 0 with input as _pair("TLSv1.2", "TLSv1.2") with data.parameters as _only_12
}

test_versions_below_the_minimum_do_not_matter if {
	count(tls_floor_set.deny) == 0 with input as _pair("TLSv1.3", "TLSv1.3") with data.parameters as {"tls_versions_allowed": ["TLSv1.3"]}
}

test_denies_a_change_that_waits_for_a_restart if {
	server := {"children": {"configurations": {"ssl_min_protocol_version": {"properties": {"value": "TLSv1.2", "isConfigPendingRestart": true}}}}}
	count(tls_floor_set.deny) == 1 with input as server with data.parameters as _default
	some finding in tls_floor_set.deny with input as server with data.parameters as _default
	finding.path == "children.configurations.ssl_min_protocol_version.properties.isConfigPendingRestart"
	finding.actual == true
	finding.expected == false
}

test_unknown_minimum if {
	count(tls_floor_set.unknown) == 1 with input as _pair("TLSv1.4", "") with data.parameters as _default
	count(tls_floor_set.deny) == 0 with input as _pair("TLSv1.4", "") with data.parameters as _default
}

test_unknown_maximum if {
	count(tls_floor_set.unknown) == 1 with input as _pair("TLSv1.2", "TLSv1.4") with data.parameters as _default
	count(tls_floor_set.deny) == 0 with input as _pair("TLSv1.2", "TLSv1.4") with data.parameters as _default
}

test_minimum_above_maximum_is_unknown if {
	count(tls_floor_set.unknown) == 1 with input as _pair("TLSv1.3", "TLSv1.2") with data.parameters as _default
	count(tls_floor_set.deny) == 0 with input as _pair("TLSv1.3", "TLSv1.2") with data.parameters as _default
}

# The engine answers unknown for a required read that is absent.
test_says_nothing_about_a_missing_minimum if {
	server := {"children": {"configurations": {"ssl_max_protocol_version": {"properties": {"value": ""}}}}}
	count(tls_floor_set.deny) == 0 with input as server with data.parameters as _default
	count(tls_floor_set.unknown) == 0 with input as server with data.parameters as _default
}
