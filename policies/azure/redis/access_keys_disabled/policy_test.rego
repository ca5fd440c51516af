package azure.redis.access_keys_disabled_test

import data.azure.redis.access_keys_disabled

_cache(value) := {"resource": {"properties": {"disableAccessKeyAuthentication": value}}}

test_denies_false if {
	some finding in access_keys_disabled.deny with input as _cache(false)
	finding.path == "resource.properties.disableAccessKeyAuthentication"
	finding.actual == false
	finding.expected == true
}

test_passes_true if {
	count(access_keys_disabled.deny) == 0 with input as _cache(true)
}

test_missing_property_is_false if {
	some finding in access_keys_disabled.deny with input as {"resource": {"properties": {}}}
	finding.actual == false
}
