package azure.estate.key_enabled_and_valid_test

import data.azure.estate.key_enabled_and_valid

_resource(attributes) := {"context": {"at": 1000}, "related": {"key": {"id": "/k", "properties": {"attributes": attributes}}}}

_verdict(it) := [count(denied), count(aside)] if {
	denied := key_enabled_and_valid.deny with input as it
	aside := key_enabled_and_valid.not_applicable with input as it
}

_only(attributes) := finding if {
	findings := key_enabled_and_valid.deny with input as _resource(attributes)
	count(findings) == 1
	some finding in findings
}

test_denies_a_key_that_is_disabled if {
	finding := _only({"enabled": false})
	finding.path == "related.key.properties.attributes.enabled"
	finding.actual == false
	finding.expected == true
}

test_denies_a_key_that_has_expired if {
	finding := _only({"enabled": true, "exp": 1000})
	finding.path == "related.key.properties.attributes.exp"
	finding.actual == 1000
	finding.expected == "a date to come"
}

test_denies_a_key_that_is_not_yet_valid if {
	finding := _only({"enabled": true, "nbf": 1001})
	finding.path == "related.key.properties.attributes.nbf"
	finding.actual == 1001
	finding.expected == "a date gone by"
}

test_passes_a_key_in_its_time if {
	_verdict(_resource({"enabled": true, "exp": 1001, "nbf": 1000})) == [0, 0]
	_verdict(_resource({"enabled": true})) == [0, 0]
	_verdict(_resource({})) == [0, 0]
}

test_ignores_keys_that_azure_manages if _verdict({"context": {"at": 1000}, "related": {}}) == [0, 1]
