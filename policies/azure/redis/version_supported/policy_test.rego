package azure.redis.version_supported_test

import data.azure.redis.version_supported

_cache(version) := {"resource": {"properties": {"redisVersion": version}}}

_six := {"redis_versions_supported": ["6"]}

test_denies_other_versions if {
	every version in ["4", "4.0.14", "3.2", "60.0"] {
		some finding in version_supported.deny with input as _cache(version) with data.parameters as _six
		finding.path == "resource.properties.redisVersion"
		finding.actual == version
		finding.expected == ["6"]
		count(version_supported.unknown) == 0 with input as _cache(version) with data.parameters as _six
	}
}

test_passes_supported_versions if {
	every version in ["6", "6.0.14", "latest", "Latest"] {
		count(version_supported.deny) == 0 with input as _cache(version) with data.parameters as _six
		count(version_supported.unknown) == 0 with input as _cache(version) with data.parameters as _six
	}
}

# The engine answers unknown for a required read that is absent.
test_says_nothing_about_a_missing_version if count(version_supported.deny) == 0 with input as {"resource": {"properties": {}}} with data.parameters as _six

test_other_text_is_unknown if {
	every version in ["newest", "v6", "6x.0", ""] {
		count(version_supported.unknown) == 1 with input as _cache(version) with data.parameters as _six
		count(version_supported.deny) == 0 with input as _cache(version) with data.parameters as _six
	}
}
