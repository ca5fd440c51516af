package azure.redis.non_ssl_port_disabled_test

import data.azure.redis.non_ssl_port_disabled

_cache(value) := {"resource": {"properties": {"enableNonSslPort": value}}}

test_denies_true if {
	some finding in non_ssl_port_disabled.deny with input as _cache(true)
	finding.path == "resource.properties.enableNonSslPort"
	finding.actual == true
	finding.expected == false
}

test_passes_false if {
	count(non_ssl_port_disabled.deny) == 0 with input as _cache(false)
}

# The engine answers unknown for a required read that is absent.
test_says_nothing_about_a_missing_property if count(non_ssl_port_disabled.deny) == 0 with input as {"resource": {"properties": {}}}
