package azure.redis.entra_authentication_enabled_test

import data.azure.redis.entra_authentication_enabled

_cache(value) := {"resource": {"properties": {"redisConfiguration": {"aad-enabled": value}}}}

test_denies_false if {
	every value in ["false", "False"] {
		some finding in entra_authentication_enabled.deny with input as _cache(value)
		finding.path == "resource.properties.redisConfiguration.aad-enabled"
		finding.actual == value
		finding.expected == "true"
		count(entra_authentication_enabled.unknown) == 0 with input as _cache(value)
	}
}

test_passes_true if {
	every value in ["true", "True"] {
		count(entra_authentication_enabled.deny) == 0 with input as _cache(value)
		count(entra_authentication_enabled.unknown) == 0 with input as _cache(value)
	}
}

test_missing_setting_is_false if {
	some finding in entra_authentication_enabled.deny with input as {"resource": {"properties": {"redisConfiguration": {}}}}
	finding.actual == "false"
}

test_other_value_is_unknown if {
	count(entra_authentication_enabled.unknown) == 1 with input as _cache("perhaps")
	count(entra_authentication_enabled.deny) == 0 with input as _cache("perhaps")
}
