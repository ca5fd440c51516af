package azure.mysql.tls_versions_allowed_test

import data.azure.mysql.tls_versions_allowed

_server(value, pending) := {"children": {"configurations": {"tls_version": {"properties": {"value": value, "isConfigPendingRestart": pending}}}}}

_default := {"tls_versions_allowed": ["TLSv1.2", "TLSv1.3"]}

test_passes_the_default if {
	count(tls_versions_allowed.deny) == 0 with input as _server("TLSv1.2", "False") with data.parameters as _default
	count(tls_versions_allowed.unknown) == 0 with input as _server("TLSv1.2", "False") with data.parameters as _default
}

test_case_and_spaces_do_not_matter if {
	count(tls_versions_allowed.deny) == 0 with input as _server("TLSV1.2, tlsv1.3", "FALSE") with data.parameters as _default
	count(tls_versions_allowed.unknown) == 0 with input as _server("TLSV1.2, tlsv1.3", "FALSE") with data.parameters as _default
}

test_passes_every_known_version_where_all_are_allowed if {
	all := {"tls_versions_allowed": ["TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"]}
	count(tls_versions_allowed.deny) == 0 with input as _server("TLSv1,TLSv1.1,TLSv1.2,TLSv1.3", "False") with data.parameters as all
	count(tls_versions_allowed.unknown) == 0 with input as _server("TLSv1,TLSv1.1,TLSv1.2,TLSv1.3", "False") with data.parameters as all
}

test_denies_every_known_version_where_none_is_allowed if {
	every version in ["TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"] {
		count(tls_versions_allowed.deny) == 1 with input as _server(version, "False") with data.parameters as {"tls_versions_allowed": []}
		count(tls_versions_allowed.unknown) == 0 with input as _server(version, "False") with data.parameters as {"tls_versions_allowed": []}
	}
}

test_denies_one_weak_entry if {
	count(tls_versions_allowed.deny) == 1 with input as _server("tlsv1.1, TLSv1.2", "False") with data.parameters as _default
	some finding in tls_versions_allowed.deny with input as _server("tlsv1.1, TLSv1.2", "False") with data.parameters as _default
	finding.message
	finding.path == "children.configurations.tls_version.properties.value"
	finding.actual == "tlsv1.1, TLSv1.2"
	finding.expected == ["TLSv1.2", "TLSv1.3"]
}

test_denies_each_weak_entry if {
	count(tls_versions_allowed.deny) == 2 with input as _server("TLSv1,TLSv1.1,TLSv1.2", "False") with data.parameters as _default
}

test_denies_a_change_that_waits_for_a_restart if {
	count(tls_versions_allowed.deny) == 1 with input as _server("TLSv1.2", "true") with data.parameters as _default
	some finding in tls_versions_allowed.deny with input as _server("TLSv1.2", "true") with data.parameters as _default
	finding.message
	finding.path == "children.configurations.tls_version.properties.isConfigPendingRestart"
	finding.actual == "true"
	finding.expected == "False"
	count(tls_versions_allowed.unknown) == 0 with input as _server("TLSv1.2", "True") with data.parameters as _default
}

test_empty_value_is_unknown if {
	count(tls_versions_allowed.unknown) == 1 with input as _server("", "False") with data.parameters as _default
	count(tls_versions_allowed.deny) == 0 with input as _server("", "False") with data.parameters as _default
}

test_entry_that_is_no_known_version_is_unknown if {
	count(tls_versions_allowed.unknown) == 1 with input as _server("TLSv1.2,TLSv1.4", "False") with data.parameters as _default
	count(tls_versions_allowed.deny) == 0 with input as _server("TLSv1.2,TLSv1.4", "False") with data.parameters as _default
}

test_other_restart_state_is_unknown if {
	count(tls_versions_allowed.unknown) == 1 with input as _server("TLSv1.2", "Maybe") with data.parameters as _default
	count(tls_versions_allowed.deny) == 0 with input as _server("TLSv1.2", "Maybe") with data.parameters as _default
}

# The engine answers unknown for a required read that is absent.
test_says_nothing_about_a_missing_parameter if {
	count(tls_versions_allowed.deny) == 0 with input as {"children": {"configurations": {}}} with data.parameters as _default
	count(tls_versions_allowed.unknown) == 0 with input as {"children": {"configurations": {}}} with data.parameters as _default
}
