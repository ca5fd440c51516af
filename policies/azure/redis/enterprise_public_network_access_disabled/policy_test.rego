package azure.redis.enterprise_public_network_access_disabled_test

import data.azure.redis.enterprise_public_network_access_disabled

_cluster(value) := {"resource": {"properties": {"publicNetworkAccess": value}}}

test_denies_the_bad if {
	every value in ["Enabled", "enabled"] {
		some finding in enterprise_public_network_access_disabled.deny with input as _cluster(value)
		finding.path == "resource.properties.publicNetworkAccess"
		finding.actual == value
		finding.expected == "Disabled"
		count(enterprise_public_network_access_disabled.unknown) == 0 with input as _cluster(value)
	}
}

test_passes_the_good if {
	every value in ["Disabled", "DISABLED"] {
		count(enterprise_public_network_access_disabled.deny) == 0 with input as _cluster(value)
		count(enterprise_public_network_access_disabled.unknown) == 0 with input as _cluster(value)
	}
}

# The engine answers unknown for a required read that is absent.
test_says_nothing_about_a_missing_property if {
	count(enterprise_public_network_access_disabled.deny) == 0 with input as {"resource": {"properties": {}}}
	count(enterprise_public_network_access_disabled.unknown) == 0 with input as {"resource": {"properties": {}}}
}

test_other_value_is_unknown if {
	count(enterprise_public_network_access_disabled.unknown) == 1 with input as _cluster("Sometimes")
	count(enterprise_public_network_access_disabled.deny) == 0 with input as _cluster("Sometimes")
}
