package azure.redis.public_network_access_disabled_test

import data.azure.redis.public_network_access_disabled

_cache(public, subnet) := {"resource": {"properties": {"publicNetworkAccess": public, "subnetId": subnet}}}

test_denies_public_access if {
	every public in ["Enabled", "enabled"] {
		some finding in public_network_access_disabled.deny with input as _cache(public, "")
		finding.path == "resource.properties.publicNetworkAccess"
		finding.actual == public
		finding.expected == "Disabled"
		count(public_network_access_disabled.unknown) == 0 with input as _cache(public, "")
	}
}

test_missing_properties_are_public if {
	some finding in public_network_access_disabled.deny with input as {"resource": {"properties": {}}}
	finding.actual == "Enabled"
}

test_passes_without_public_access if {
	count(public_network_access_disabled.deny) == 0 with input as _cache("DISABLED", "")
	count(public_network_access_disabled.unknown) == 0 with input as _cache("DISABLED", "")
}

test_passes_a_cache_in_a_subnet if {
	count(public_network_access_disabled.deny) == 0 with input as _cache("Enabled", "/subscriptions/s/subnets/redis")
	count(public_network_access_disabled.unknown) == 0 with input as _cache("Enabled", "/subscriptions/s/subnets/redis")
}

test_other_value_is_unknown if {
	count(public_network_access_disabled.unknown) == 1 with input as _cache("Sometimes", "")
	count(public_network_access_disabled.deny) == 0 with input as _cache("Sometimes", "")
}
