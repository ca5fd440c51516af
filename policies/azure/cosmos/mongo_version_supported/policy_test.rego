package azure.cosmos.mongo_version_supported_test

import data.azure.cosmos.mongo_version_supported

_account(kind, version) := {"resource": {"kind": kind, "properties": {"apiProperties": {"serverVersion": version}}}}

_supported := {"mongo_versions_supported": ["6.0", "7.0"]}

test_denies_an_old_version if {
	some finding in mongo_version_supported.deny with input as _account("MongoDB", "3.6") with data.parameters as _supported
	finding.path == "resource.properties.apiProperties.serverVersion"
	finding.actual == "3.6"
	finding.expected == ["6.0", "7.0"]
	count(mongo_version_supported.unknown) == 0 with input as _account("MongoDB", "3.6") with data.parameters as _supported
}

test_passes_a_supported_version if {
	count(mongo_version_supported.deny) == 0 with input as _account("mongodb", "7.0") with data.parameters as _supported
	count(mongo_version_supported.unknown) == 0 with input as _account("mongodb", "7.0") with data.parameters as _supported
	count(mongo_version_supported.not_applicable) == 0 with input as _account("mongodb", "7.0") with data.parameters as _supported
}

test_ignores_other_protocols if {
	some reason in mongo_version_supported.not_applicable with input as _account("globaldocumentdb", "7.0") with data.parameters as _supported
	reason == "the account does not speak the MongoDB protocol"
	count(mongo_version_supported.not_applicable) == 1 with input as {"resource": {"properties": {}}} with data.parameters as _supported
	count(mongo_version_supported.unknown) == 0 with input as _account("globaldocumentdb", "7.0") with data.parameters as _supported
}

test_what_is_new_is_unknown if {
	count(mongo_version_supported.unknown) == 1 with input as _account("Parse", "7.0") with data.parameters as _supported
	count(mongo_version_supported.unknown) == 1 with input as _account("MongoDB", "seven") with data.parameters as _supported
	count(mongo_version_supported.deny) == 0 with input as _account("MongoDB", "seven") with data.parameters as _supported
}
