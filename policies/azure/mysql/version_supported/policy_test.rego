package azure.mysql.version_supported_test

import data.azure.mysql.version_supported

_server(version) := {"resource": {"properties": {"version": version}}}

_supported := {"mysql_versions_supported": ["8.0", "8.4"]}

test_denies_an_old_version if {
	every version in ["5.7", "8.40"] {
		some finding in version_supported.deny with input as _server(version) with data.parameters as _supported
		finding.path == "resource.properties.version"
		finding.actual == version
		finding.expected == ["8.0", "8.4"]
		count(version_supported.unknown) == 0 with input as _server(version)
	}
}

test_passes_a_supported_version if {
	every version in ["8.4", "8.0.21"] {
		count(version_supported.deny) == 0 with input as _server(version) with data.parameters as _supported
		count(version_supported.unknown) == 0 with input as _server(version)
	}
}

test_parameter_decides if count(version_supported.deny) == 1 with input as _server("8.4") with data.parameters as {"mysql_versions_supported": []}

test_what_is_no_version_is_unknown if {
	every version in ["", "latest", "x1.2"] {
		count(version_supported.unknown) == 1 with input as _server(version)
		count(version_supported.deny) == 0 with input as _server(version) with data.parameters as _supported
	}
}
