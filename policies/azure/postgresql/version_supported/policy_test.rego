package azure.postgresql.version_supported_test

import data.azure.postgresql.version_supported

_server(version) := {"resource": {"properties": {"version": version}}}

_supported := {"postgresql_versions_supported": ["16", "17"]}

test_denies_an_old_version if {
	every version in ["11", "14", "1"] {
		some finding in version_supported.deny with input as _server(version) with data.parameters as _supported
		finding.path == "resource.properties.version"
		finding.actual == version
		finding.expected == ["16", "17"]
		count(version_supported.unknown) == 0 with input as _server(version)
	}
}

test_passes_a_supported_version if {
	every version in ["16", "17"] {
		count(version_supported.deny) == 0 with input as _server(version) with data.parameters as _supported
		count(version_supported.unknown) == 0 with input as _server(version)
	}
}

test_parameter_decides if count(version_supported.deny) == 1 with input as _server("16") with data.parameters as {"postgresql_versions_supported": []}

test_what_is_no_version_is_unknown if {
	every version in ["", "latest", "x1.2"] {
		count(version_supported.unknown) == 1 with input as _server(version)
		count(version_supported.deny) == 0 with input as _server(version) with data.parameters as _supported
	}
}
