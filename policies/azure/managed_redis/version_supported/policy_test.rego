package azure.managed_redis.version_supported_test

import data.azure.managed_redis.version_supported

_in(version) := {"resource": {"properties": {"redisVersion": version}}}

_supported := {"managed_redis_versions_supported": ["7.4", "8.0"]}

test_denies_an_old_version if {
	every version in ["6.0", "7.2", "7.2.4", "7.40"] {
		some finding in version_supported.deny with input as _in(version) with data.parameters as _supported
		finding.path == "resource.properties.redisVersion"
		finding.actual == version
		finding.expected == ["7.4", "8.0"]
		count(version_supported.unknown) == 0 with input as _in(version) with data.parameters as _supported
	}
}

test_passes_a_supported_version if {
	every version in ["7.4", "7.4.3", "8.0"] {
		count(version_supported.deny) == 0 with input as _in(version) with data.parameters as _supported
		count(version_supported.unknown) == 0 with input as _in(version) with data.parameters as _supported
	}
}

test_what_is_no_version_is_unknown if {
	every text in ["", "7", "latest"] {
		count(version_supported.unknown) == 1 with input as _in(text) with data.parameters as _supported
		count(version_supported.deny) == 0 with input as _in(text) with data.parameters as _supported
	}
}
